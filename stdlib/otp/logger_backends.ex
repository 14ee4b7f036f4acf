# SPDX-License-Identifier: Apache-2.0
#
# The way of an event from :logger to the consoles: filter, handler, backends. Invariants: one
# process of high priority writes to the consoles, in the order of the calls; what the caller
# prints next comes before its message, what it prints after that behind it (as under Elixir);
# when many messages wait, the caller waits too.

defmodule Logger.Filter do
  @moduledoc false

  def process_level(%{level: level}, _extra) do
    case Process.get({Logger, :level}) do
      nil -> :ignore
      :all -> :ignore
      :none -> :stop
      threshold -> if :logger.compare_levels(level, threshold) == :lt, do: :stop, else: :ignore
    end
  end

  # The end of the application :logger itself is not told.
  def silence_logger_exit(%{msg: {:report, %{label: {:application_controller, :exit}, report: [{:application, :logger} | _]}}}, _extra), do: :stop
  def silence_logger_exit(_event, _extra), do: :ignore
end

defmodule Logger.Handler do
  @moduledoc false
  # Turns an event into text and gives it to the backends.

  def log(%{level: level, msg: msg, meta: %{gl: gl} = meta}, _handler) do
    if Process.get({Logger, :enabled}, true) and wanted?(meta) do
      case text(msg, level, meta) do
        :skip -> :ok
        {text, extra} -> backends(level, gl, truncated(text), meta, extra)
        text -> backends(level, gl, truncated(text), meta, [])
      end
    end
  end

  defp wanted?(%{domain: [:otp, :sasl | _]}), do: env(:handle_sasl_reports)
  defp wanted?(%{domain: [:supervisor_report | _]}), do: env(:handle_sasl_reports)
  defp wanted?(%{domain: [:otp | _]}), do: env(:handle_otp_reports)
  defp wanted?(_), do: true

  defp env(key), do: Application.get_env(:logger, key)

  defp backends(level, gl, message, meta, extra) do
    timestamp = Logger.Utils.timestamp(meta.time, env(:utc_log))
    metadata = [erl_level: level] ++ extra ++ Map.to_list(placed(meta))
    Logger.Backends.dispatch(level, gl, message, timestamp, metadata)
  end

  # Erlang's place of a call as Elixir tells it.
  defp placed(%{mfa: {mod, fun, arity}, file: [_ | _] = file} = meta) do
    Map.merge(meta, %{module: mod, function: "#{fun}/#{arity}", file: List.to_string(file)})
  end

  defp placed(%{mfa: {mod, fun, arity}} = meta) when not is_map_key(meta, :file),
    do: Map.merge(meta, %{module: mod, function: "#{fun}/#{arity}"})

  defp placed(meta), do: meta

  defp truncated(data) do
    Logger.Utils.truncate(data, env(:truncate))
  rescue
    error in ArgumentError -> error.message
  end

  defp text({:string, string}, _level, _meta), do: string

  defp text({:report, %{label: {:error_logger, _}, format: format, args: args}}, level, meta), do: text({format, args}, level, meta)

  defp text({:report, %{label: label, report: report} = whole}, level, meta) when map_size(whole) == 2,
    do: translated(level, {label, report}, whole, meta)

  defp text({:report, report}, level, meta), do: translated(level, {:logger, report}, report, meta)

  defp text({format, args}, level, _meta) do
    case translate(level, :format, {format, args}) do
      :none -> formatted(format, args)
      other -> other
    end
  end

  defp translated(level, data, report, meta) do
    case translate(level, :report, data) do
      :none -> untranslated(report, meta)
      other -> other
    end
  end

  defp untranslated(report, %{report_cb: callback}) when is_function(callback, 1) do
    {format, args} = callback.(report)
    formatted(format, args)
  end

  defp untranslated(report, %{report_cb: callback}) when is_function(callback, 2),
    do: callback.(report, %{depth: 50, chars_limit: 4096, single_line: false})

  defp untranslated(report, _meta) when is_map(report), do: inspect(Map.to_list(report))
  defp untranslated(report, _meta), do: inspect(report)

  defp formatted(format, args) do
    format |> Logger.Utils.scan_inspect(args, env(:truncate)) |> format_scanned()
  end

  defp format_scanned({format, args}), do: :io_lib.format(format, args)

  defp translate(level, kind, data), do: translate(env(:translators), Logger.level(), level, kind, data)

  defp translate([{mod, fun} | rest], min_level, level, kind, data) do
    case apply(mod, fun, [min_level, level, kind, data]) do
      {:ok, chardata, metadata} -> {chardata, metadata}
      {:ok, chardata} -> chardata
      :skip -> :skip
      :none -> translate(rest, min_level, level, kind, data)
    end
  end

  defp translate([], _min_level, _level, _kind, _data), do: :none
end

defmodule Logger.Backends do
  @moduledoc false
  # Consoles, which are written to at once, and other backends, which are handlers of the
  # event manager `Logger`, started by the first of them.

  @key {Logger, :backends}

  defp all do
    case :persistent_term.get(@key, nil) do
      nil -> Enum.map(Application.get_env(:logger, :backends, [:console]), &initial/1)
      backends -> backends
    end
  end

  defp initial(:console), do: {:console, console([])}
  defp initial(backend), do: {backend, start_custom(backend)}

  defp put(backends), do: :persistent_term.put(@key, backends)

  # Ends the backends; the next event has those of the configuration.
  def stop do
    Logger.Writer.flush()
    if Process.whereis(Logger), do: :gen_event.stop(Logger)
    :persistent_term.erase(@key)
  end

  def dispatch(level, gl, message, timestamp, metadata) do
    backends = all()

    if Enum.any?(backends, &match?({_, %{}}, &1)), do: Logger.Writer.write({level, message, timestamp, metadata})

    if Enum.any?(backends, &match?({_, :custom}, &1)) do
      :gen_event.notify(Logger, {event_level(level), gl, {Logger, message, timestamp, metadata}})
    end

    :ok
  end

  # Backends other than the console know four levels.
  defp event_level(:warning), do: :warn
  defp event_level(:notice), do: :info
  defp event_level(level) when level in [:info, :debug], do: level
  defp event_level(_), do: :error

  # The event reaches the consoles there are when it is its turn.
  def write({level, message, timestamp, metadata}) do
    for {_id, %{} = config} <- all(), do: Logger.Backends.Console.write(config, level, message, timestamp, metadata)
  end

  def add(backend, opts) do
    Logger.Writer.flush()
    backends = all()

    cond do
      List.keymember?(backends, backend, 0) ->
        {:error, :already_present}

      backend == :console or match?({Logger.Backends.Console, _}, backend) ->
        put(backends ++ [{backend, console(opts)}])
        {:ok, Process.whereis(:user) || self()}

      true ->
        case start_custom(backend) do
          :custom ->
            put(backends ++ [{backend, :custom}])
            {:ok, Process.whereis(Logger)}

          error ->
            error
        end
    end
  end

  def remove(backend, _opts) do
    Logger.Writer.flush()
    backends = all()

    case List.keyfind(backends, backend, 0) do
      nil ->
        {:error, :not_found}

      {_, kind} ->
        if kind == :custom, do: :gen_event.delete_handler(Logger, handler(backend), :ok)
        put(List.keydelete(backends, backend, 0))
    end
  end

  def configure(backend, options) do
    Logger.Writer.flush()
    backends = all()

    case List.keyfind(backends, backend, 0) do
      nil ->
        {:error, :bad_module}

      {_, :custom} ->
        :gen_event.call(Logger, handler(backend), {:configure, options})

      {_, config} ->
        options = Keyword.merge(config.options, options)
        Application.put_env(:logger, :console, options)     # where consoles that are added later begin
        put(List.keyreplace(backends, backend, 0, {backend, console(options)}))
    end
  end

  defp start_custom(backend) do
    unless Process.whereis(Logger), do: :gen_event.start({:local, Logger})

    case :gen_event.add_handler(Logger, handler(backend), backend) do
      :ok -> :custom
      {:EXIT, reason} -> {:error, reason}
      other -> other
    end
  end

  defp handler({mod, _} = backend) when is_atom(mod), do: backend
  defp handler(mod), do: mod

  defp console(options), do: Logger.Backends.Console.config(options)
end

defmodule Logger.Writer do
  @moduledoc false
  # The process that writes to the consoles, started by the first event.

  @key {Logger, :writer}
  @sync_threshold 20

  def write(event) do
    pending = :phial_io.logs_pending(1)
    send(pid(), event)
    if pending >= @sync_threshold, do: flush()
    :ok
  end

  # The process itself, started if there is none yet.
  def whereis, do: pid()

  # Returns when what was sent so far is written.
  def flush do
    writer = :persistent_term.get(@key, nil)

    if writer != nil and writer != self() do
      monitor = :erlang.monitor(:process, writer)
      send(writer, {:flush, self(), monitor})

      receive do
        {^monitor, :flushed} -> :erlang.demonitor(monitor, [:flush])
        {:DOWN, ^monitor, _, _, _} -> :ok
      end
    end

    :ok
  end

  defp pid do
    case :persistent_term.get(@key, nil) do
      nil -> start()
      pid -> pid
    end
  end

  defp start do
    user = Process.whereis(:user) || Process.group_leader()

    pid =
      :erlang.spawn_opt(
        fn ->
          Process.group_leader(self(), user)
          loop()
        end,
        priority: :high
      )

    :persistent_term.put(@key, pid)
    pid
  end

  defp loop do
    receive do
      {:flush, from, ref} ->
        send(from, {ref, :flushed})
        loop()

      event ->
        :phial_io.logs_pending(-1)
        write_out(event)
        loop()
    end
  end

  # A console whose device is gone does not end the writer.
  defp write_out(event) do
    Logger.Backends.write(event)
  catch
    _, _ -> :ok
  end
end

defmodule Logger.Backends.Console do
  @moduledoc false

  @colors [
    debug: :cyan,
    info: :normal,
    notice: :normal,
    warning: :yellow,
    error: :red,
    critical: :red,
    alert: :red,
    emergency: :red
  ]

  def config(options) do
    options = Keyword.merge(Application.get_env(:logger, :console, []), options)

    %{
      options: options,
      format: Logger.Formatter.compile(options[:format]),
      metadata: options[:metadata] || [],
      level: options[:level],
      colors: Keyword.get(options, :colors, []),
      device: Keyword.get(options, :device, :user)
    }
  end

  def write(config, level, message, timestamp, metadata) do
    if config.level == nil or Logger.compare_levels(level, config.level) != :lt do
      color = Keyword.get_lazy(metadata, :ansi_color, fn -> Keyword.get(config.colors, level, Keyword.get(@colors, level)) end)
      metadata = selected(metadata, config.metadata)
      text = Logger.Formatter.format(config.format, level, message, timestamp, metadata)
      put(config.device, colored(text, color, config.colors))
    end
  rescue
    _ -> :io.put_chars(config.device, ["could not format: ", inspect({level, message}), ?\n])
  end

  defp selected(metadata, :all), do: metadata

  defp selected(metadata, keys) do
    for key <- keys, {:ok, value} <- [Keyword.fetch(metadata, key)], do: {key, value}
  end

  # What is no text is made one.
  defp put(device, text) do
    :io.put_chars(device, text)
  rescue
    _ -> :io.put_chars(device, Logger.Formatter.prune(text))
  end

  defp colored(text, color, colors) do
    if Keyword.get_lazy(colors, :enabled, &IO.ANSI.enabled?/0) do
      [IO.ANSI.format_fragment(color, true), text | IO.ANSI.reset()]
    else
      text
    end
  end
end
