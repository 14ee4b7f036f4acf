# SPDX-License-Identifier: Apache-2.0
#
# Logger: levels, metadata and the console. Invariants: whether a message is wanted is decided
# before it is computed; a message is formatted and written in the process that logs it, so
# that output comes in the order of the calls; colors appear only where IO.ANSI is enabled.

defmodule Logger do
  @moduledoc "A logger for Elixir applications."

  @type backend :: :gen_event.handler()
  @type message :: IO.chardata() | String.Chars.t()
  @type level ::
          :emergency | :alert | :critical | :error | :warning | :warn | :notice | :info | :debug
  @type metadata :: keyword
  @type report :: map | keyword

  @levels [:emergency, :alert, :critical, :error, :warning, :notice, :info, :debug]
  @process_level {Logger, :level}

  # -- metadata ---------------------------------------------------------------------------

  @doc "Adds to the metadata of the process; a nil value removes a key."
  @spec metadata(metadata) :: :ok
  def metadata(keyword) do
    {nils, values} = Enum.split_with(keyword, &match?({_key, nil}, &1))
    meta = Map.drop(process_metadata(), Keyword.keys(nils))
    :logger.set_process_metadata(Enum.into(values, meta))
  end

  @doc "The metadata of the process."
  @spec metadata() :: metadata
  def metadata, do: Map.to_list(process_metadata())

  @doc "Replaces the metadata of the process."
  @spec reset_metadata(metadata) :: :ok
  def reset_metadata(keyword \\ []) do
    :ok = :logger.set_process_metadata(%{})
    metadata(keyword)
  end

  defp process_metadata do
    case :logger.get_process_metadata() do
      meta when is_map(meta) -> meta
      _ -> %{}
    end
  end

  # -- levels -----------------------------------------------------------------------------

  @doc "Tells whether logging is on for a process, which must be the caller."
  @spec enabled?(pid) :: boolean
  def enabled?(pid) when pid == self(), do: Process.get({Logger, :enabled}, true)

  @doc "Turns logging on again for the caller."
  @spec enable(pid) :: :ok
  def enable(pid) when pid == self() do
    Process.delete({Logger, :enabled})
    :ok
  end

  @doc "Turns logging off for the caller."
  @spec disable(pid) :: :ok
  def disable(pid) when pid == self() do
    Process.put({Logger, :enabled}, false)
    :ok
  end

  @doc "The level of the logger."
  @spec level() :: level
  def level, do: :logger.get_primary_config().level

  @doc """
  Compares two levels by importance.

      iex> Logger.compare_levels(:debug, :warning)
      :lt
  """
  @spec compare_levels(level, level) :: :lt | :eq | :gt
  def compare_levels(left, right), do: :logger.compare_levels(erlang_level(left), erlang_level(right))

  @doc "Sets a level for the calling process."
  @spec put_process_level(pid, level | :all | :none) :: :ok
  def put_process_level(pid, level) when pid == self() do
    Process.put(@process_level, erlang_level(level))
    :ok
  end

  @doc "The level of the calling process, or nil."
  @spec get_process_level(pid) :: level | :all | :none | nil
  def get_process_level(pid) when pid == self(), do: Process.get(@process_level)

  @doc "Removes the level of the calling process."
  @spec delete_process_level(pid) :: :ok
  def delete_process_level(pid) when pid == self() do
    Process.delete(@process_level)
    :ok
  end

  @doc "Sets a level for modules."
  @spec put_module_level(module | [module], level | :all | :none) :: :ok | {:error, term}
  def put_module_level(mod, level), do: :logger.set_module_level(mod, level)

  @doc "The levels that are set for modules."
  @spec get_module_level(module | [module]) :: [{module, level | :all | :none}]
  def get_module_level(mod), do: :logger.get_module_level(mod)

  @doc "Removes the level of modules."
  @spec delete_module_level(module | [module]) :: :ok
  def delete_module_level(module), do: :logger.unset_module_level(module)

  @doc "Removes the levels of all modules."
  @spec delete_all_module_levels() :: :ok
  def delete_all_module_levels, do: :logger.unset_module_level()

  @doc "Sets a level for the modules of an application."
  @spec put_application_level(atom, level | :all | :none) :: :ok | {:error, term}
  def put_application_level(app, level), do: :logger.set_application_level(app, level)

  @doc "Removes the level of the modules of an application."
  @spec delete_application_level(atom) :: :ok | {:error, term}
  def delete_application_level(app), do: :logger.unset_application_level(app)

  defp erlang_level(:warn), do: :warning
  defp erlang_level(level), do: level

  # -- configuration ----------------------------------------------------------------------

  @doc "Changes the configuration: `:level`, `:truncate`, `:utc_log`, ..."
  @spec configure(keyword) :: :ok
  def configure(options) do
    for {key, value} <- options do
      if key == :level, do: :logger.set_primary_config(:level, erlang_level(value))
      Application.put_env(:logger, key, value)
    end

    :ok
  end

  @doc "Writes out what is buffered."
  @spec flush() :: :ok
  def flush do
    _ = Process.whereis(Logger) && :gen_event.sync_notify(Logger, :flush)
    :ok
  end

  @doc "Adds a backend."
  @spec add_backend(backend, keyword) :: {:ok, pid} | {:error, term}
  def add_backend(backend, opts \\ []), do: Logger.Backends.add(backend, opts)

  @doc "Removes a backend."
  @spec remove_backend(backend, keyword) :: :ok | {:error, term}
  def remove_backend(backend, opts \\ []), do: Logger.Backends.remove(backend, opts)

  @doc "Changes the options of a backend."
  @spec configure_backend(backend, keyword) :: term
  def configure_backend(backend, options) when is_list(options),
    do: Logger.Backends.configure(backend, options)

  @doc "Adds a function that turns reports into messages."
  @spec add_translator({module, atom}) :: term
  def add_translator({mod, fun} = translator) when is_atom(mod) and is_atom(fun) do
    translators = Application.get_env(:logger, :translators)
    configure(translators: [translator | List.delete(translators, translator)])
  end

  @doc "Removes a function that turns reports into messages."
  @spec remove_translator({module, atom}) :: term
  def remove_translator({mod, fun} = translator) when is_atom(mod) and is_atom(fun) do
    configure(translators: List.delete(Application.get_env(:logger, :translators), translator))
  end

  # -- logging ----------------------------------------------------------------------------

  @doc "Logs without the place of the call; prefer the macros."
  @spec bare_log(level, message | (() -> message | {message, keyword}), keyword) :: :ok
  def bare_log(level, message_or_fun, metadata \\ []) do
    case __should_log__(level, nil) do
      nil -> :ok
      level -> __do_log__(level, message_or_fun, %{}, Map.new(metadata))
    end
  end

  @doc "Logs a message at a level."
  defmacro log(level, message_or_fun, metadata \\ []),
    do: maybe_log(level, message_or_fun, metadata, __CALLER__)

  for level <- @levels do
    @doc "Logs a message at the level `#{level}`."
    defmacro unquote(level)(message_or_fun, metadata \\ []),
      do: maybe_log(unquote(level), message_or_fun, metadata, __CALLER__)
  end

  @doc "Logs a message at the level `warning`."
  defmacro warn(message_or_fun, metadata \\ []),
    do: maybe_log(:warning, message_or_fun, metadata, __CALLER__)

  defp maybe_log(level, data, metadata, caller) do
    location = location(caller)

    if is_atom(level) and purge?(level, location, metadata, caller) do
      # Nothing is logged, but the variables count as used.
      quote do
        _ = fn -> {unquote(data), unquote(metadata)} end
        :ok
      end
    else
      quote do
        case Logger.__should_log__(unquote(level), __MODULE__) do
          nil ->
            :ok

          level ->
            Logger.__do_log__(
              level,
              unquote(data),
              unquote(Macro.escape(location)),
              unquote(metadata)
            )
        end
      end
    end
  end

  defp location(%{function: {name, arity}} = caller) do
    location = %{
      mfa: {caller.module, name, arity},
      file: String.to_charlist(caller.file),
      line: caller.line
    }

    case Application.get_env(:logger, :compile_time_application) do
      nil -> location
      app -> Map.put(location, :application, app)
    end
  end

  defp location(_caller), do: %{}

  defp purge?(level, location, metadata, caller) do
    metadata = if Keyword.keyword?(metadata), do: metadata, else: []

    facts =
      location
      |> Map.merge(Map.new(metadata))
      |> Map.merge(%{module: caller.module, function: function_name(caller)})

    Enum.any?(Application.get_env(:logger, :compile_time_purge_matching, []), fn filter ->
      Enum.all?(filter, fn
        {:level_lower_than, min} -> compare_levels(level, min) == :lt
        {key, value} -> Map.get(facts, key) == value
      end)
    end)
  end

  defp function_name(%{function: {name, arity}}), do: "#{name}/#{arity}"
  defp function_name(_), do: nil

  @doc false
  # The level to log at, or nil when the message is not wanted.
  def __should_log__(level, module) do
    level = erlang_level(level)

    if :logger.allow(level, module) and enabled?(self()) and process_admits?(level),
      do: level,
      else: nil
  end

  defp process_admits?(level) do
    case Process.get(@process_level) do
      nil -> true
      :all -> true
      :none -> false
      threshold -> :logger.compare_levels(level, threshold) != :lt
    end
  end

  @doc false
  def __do_log__(level, fun, location, metadata) when is_function(fun, 0) do
    case fun.() do
      {msg, meta} -> __do_log__(level, msg, location, Enum.into(meta, Map.new(metadata)))
      msg -> __do_log__(level, msg, location, metadata)
    end
  end

  def __do_log__(level, msg, location, metadata) do
    metadata = Map.new(metadata)
    domain = [:elixir | Map.get(metadata, :domain, [])]
    meta = location |> Map.merge(metadata) |> Map.put(:domain, domain)
    :logger.event(level, message(msg), meta)
    :ok
  end

  defp message(msg) when is_binary(msg), do: {:string, msg}
  defp message([{_, _} | _] = report), do: {:report, report}
  defp message(msg) when is_list(msg), do: {:string, msg}
  defp message(%_{} = struct), do: {:string, deprecated(struct)}
  defp message(map) when is_map(map), do: {:report, map}
  defp message(other), do: {:string, deprecated(other)}

  defp deprecated(data) do
    IO.warn(
      "passing #{inspect(data)} to Logger is deprecated, expected a map, a keyword list, " <>
        "a string, a list of strings, or a zero-arity anonymous function"
    )

    to_string(data)
  end
end

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
    metadata = [erl_level: level] ++ extra ++ Map.to_list(Map.drop(meta, [:time, :error_logger, :report_cb]))
    Logger.Backends.dispatch(level, gl, message, timestamp, metadata)
  end

  defp truncated(data) do
    Logger.Utils.truncate(data, env(:truncate))
  rescue
    error in ArgumentError -> error.message
  end

  defp text({:string, string}, _level, _meta), do: string

  defp text({:report, %{label: label, report: report} = whole}, level, meta) when map_size(whole) == 2,
    do: translated(level, {label, report}, whole, meta)

  defp text({:report, %{label: {_, _} = label} = report}, level, meta),
    do: translated(level, {label, Map.delete(report, :label)}, report, meta)

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
    do: callback.(report, %{depth: :unlimited, chars_limit: :unlimited, single_line: false})

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

  def dispatch(level, gl, message, timestamp, metadata) do
    backends = all()

    for {_id, %{} = config} <- backends,
        do: Logger.Backends.Console.write(config, level, message, timestamp, metadata)

    if Enum.any?(backends, &match?({_, :custom}, &1)) do
      event_level = if level == :warning, do: :warn, else: level
      :gen_event.notify(Logger, {event_level, gl, {Logger, message, timestamp, metadata}})
    end

    :ok
  end

  def add(backend, opts) do
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
    backends = all()

    case List.keyfind(backends, backend, 0) do
      nil ->
        {:error, :not_found}

      {_, kind} ->
        if kind == :custom, do: :gen_event.delete_handler(Logger, handler(backend), :remove)
        put(List.keydelete(backends, backend, 0))
    end
  end

  def configure(backend, options) do
    backends = all()

    case List.keyfind(backends, backend, 0) do
      nil ->
        {:error, :not_found}

      {_, :custom} ->
        :gen_event.call(Logger, handler(backend), {:configure, options})

      {_, config} ->
        new = console(Keyword.merge(config.options, options))
        put(List.keyreplace(backends, backend, 0, {backend, new}))
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
      metadata = selected(metadata, config.metadata)
      text = Logger.Formatter.format(config.format, level, message, timestamp, metadata)
      :io.put_chars(config.device, colored(text, level, config.colors))
    end
  rescue
    _ -> :io.put_chars(config.device, ["could not format: ", inspect({level, message}), ?\n])
  end

  defp selected(metadata, :all), do: Keyword.drop(metadata, [:gl, :crash_reason, :ansi_color, :conn])

  defp selected(metadata, keys) do
    for key <- keys, {:ok, value} <- [fetch(metadata, key)], do: {key, value}
  end

  defp fetch(metadata, :module), do: with({:ok, {m, _, _}} <- Keyword.fetch(metadata, :mfa), do: {:ok, m})

  defp fetch(metadata, :function),
    do: with({:ok, {_, f, a}} <- Keyword.fetch(metadata, :mfa), do: {:ok, "#{f}/#{a}"})

  defp fetch(metadata, key), do: Keyword.fetch(metadata, key)

  defp colored(text, level, colors) do
    if Keyword.get_lazy(colors, :enabled, &IO.ANSI.enabled?/0) do
      color = Keyword.get(colors, level, Keyword.get(@colors, level))
      [IO.ANSI.format_fragment(color, true), text | IO.ANSI.reset()]
    else
      text
    end
  end
end

defmodule Logger.Formatter do
  @moduledoc "Conveniences for formatting log messages."

  @type time :: {{1970..10000, 1..12, 1..31}, {0..23, 0..59, 0..59, 0..999}}
  @type pattern :: :date | :level | :levelpad | :message | :metadata | :node | :time

  @valid_patterns [:time, :date, :message, :level, :node, :metadata, :levelpad]
  @default_pattern "\n$time $metadata[$level] $message\n"

  @doc "Compiles a format string into patterns."
  @spec compile(binary | nil) :: [pattern | binary]
  def compile(pattern_or_function)
  def compile(nil), do: compile(@default_pattern)
  def compile({mod, fun}) when is_atom(mod) and is_atom(fun), do: {mod, fun}

  def compile(string) do
    string
    |> split([], "")
    |> Enum.map(fn
      {:pattern, name} -> pattern(name)
      text -> text
    end)
  end

  # Splits at `$name`.
  defp split("", acc, text), do: Enum.reverse(push(text, acc))

  defp split(<<?$, c, _::binary>> = string, acc, text) when c in ?a..?z do
    <<?$, rest::binary>> = string
    {name, rest} = name(rest, "")
    split(rest, [{:pattern, name} | push(text, acc)], "")
  end

  defp split(<<c, rest::binary>>, acc, text), do: split(rest, acc, <<text::binary, c>>)

  defp name(<<c, rest::binary>>, acc) when c in ?a..?z, do: name(rest, <<acc::binary, c>>)
  defp name(rest, acc), do: {acc, rest}

  defp push("", acc), do: acc
  defp push(text, acc), do: [text | acc]

  defp pattern(name) do
    case Enum.find(@valid_patterns, &(Atom.to_string(&1) == name)) do
      nil ->
        raise ArgumentError, "$#{name} is an invalid format pattern"

      :levelpad ->
        IO.warn("$levelpad in Logger message format is deprecated, please remove it")
        :levelpad

      pattern ->
        pattern
    end
  end

  @doc "Applies compiled patterns to a message."
  @spec format({atom, atom} | [pattern | binary], Logger.level(), Logger.message(), time, keyword) ::
          IO.chardata()
  def format({mod, fun}, level, msg, timestamp, metadata),
    do: apply(mod, fun, [level, msg, timestamp, metadata])

  def format(config, level, msg, timestamp, metadata) do
    for config_option <- config, do: output(config_option, level, msg, timestamp, metadata)
  end

  defp output(:message, _, msg, _, _), do: msg
  defp output(:date, _, _, {date, _time}, _), do: format_date(date)
  defp output(:time, _, _, {_date, time}, _), do: format_time(time)
  defp output(:level, level, _, _, _), do: Atom.to_string(level)
  defp output(:node, _, _, _, _), do: Atom.to_string(node())
  defp output(:metadata, _, _, _, []), do: ""
  defp output(:metadata, _, _, _, meta), do: metadata(meta)
  defp output(:levelpad, level, _, _, _), do: levelpad(level)
  defp output(other, _, _, _, _), do: other

  defp levelpad(level) when level in [:info, :warn], do: " "
  defp levelpad(_), do: ""

  defp metadata([{key, value} | rest]) do
    if formatted = metadata(key, value),
      do: [to_string(key), ?=, formatted, ?\s | metadata(rest)],
      else: metadata(rest)
  end

  defp metadata([]), do: []

  defp metadata(:time, _), do: nil
  defp metadata(:gl, _), do: nil
  defp metadata(:report_cb, _), do: nil
  defp metadata(_, nil), do: nil
  defp metadata(_, string) when is_binary(string), do: string
  defp metadata(_, integer) when is_integer(integer), do: Integer.to_string(integer)
  defp metadata(_, float) when is_float(float), do: Float.to_string(float)
  defp metadata(_, pid) when is_pid(pid), do: :erlang.pid_to_list(pid)
  defp metadata(_, ref) when is_reference(ref), do: Enum.drop(:erlang.ref_to_list(ref), 4)
  defp metadata(:file, file) when is_list(file), do: file

  defp metadata(:domain, [head | tail]) when is_atom(head),
    do: Enum.map_intersperse([head | tail], ?., &Atom.to_string/1)

  defp metadata(:mfa, {mod, fun, arity})
       when is_atom(mod) and is_atom(fun) and is_integer(arity),
       do: Exception.format_mfa(mod, fun, arity)

  defp metadata(:initial_call, {mod, fun, arity})
       when is_atom(mod) and is_atom(fun) and is_integer(arity),
       do: Exception.format_mfa(mod, fun, arity)

  defp metadata(_, atom) when is_atom(atom) do
    case Atom.to_string(atom) do
      "Elixir." <> rest -> rest
      rest -> rest
    end
  end

  defp metadata(_, list) when is_list(list), do: nil

  defp metadata(_, other) do
    case String.Chars.impl_for(other) do
      nil -> nil
      impl -> impl.to_string(other)
    end
  end

  @doc "Makes chardata valid by replacing what is not."
  @spec prune(IO.chardata()) :: IO.chardata()
  def prune(binary) when is_binary(binary), do: prune_binary(binary, "")
  def prune([h | t]) when h in 0..1_114_111, do: [h | prune(t)]
  def prune([h | t]), do: [prune(h) | prune(t)]
  def prune([]), do: []
  def prune(_), do: "\uFFFD"

  defp prune_binary(<<h::utf8, t::binary>>, acc), do: prune_binary(t, <<acc::binary, h::utf8>>)
  defp prune_binary(<<_, t::binary>>, acc), do: prune_binary(t, <<acc::binary, "\uFFFD">>)
  defp prune_binary(<<>>, acc), do: acc

  @doc "A date as chardata."
  @spec format_date({1970..10000, 1..12, 1..31}) :: IO.chardata()
  def format_date({yy, mm, dd}), do: [Integer.to_string(yy), ?-, pad2(mm), ?-, pad2(dd)]

  @doc "A time as chardata."
  @spec format_time({0..23, 0..59, 0..59, 0..999}) :: IO.chardata()
  def format_time({hh, mi, ss, ms}), do: [pad2(hh), ?:, pad2(mi), ?:, pad2(ss), ?., pad3(ms)]

  defp pad3(int) when int < 10, do: [?0, ?0, Integer.to_string(int)]
  defp pad3(int) when int < 100, do: [?0, Integer.to_string(int)]
  defp pad3(int), do: Integer.to_string(int)

  defp pad2(int) when int < 10, do: [?0, Integer.to_string(int)]
  defp pad2(int), do: Integer.to_string(int)
end

defmodule Logger.Utils do
  @moduledoc false

  @doc "Cuts chardata to about `n` bytes, at a character."
  def truncate(chardata, :infinity) when is_binary(chardata) or is_list(chardata), do: chardata

  def truncate(chardata, n) when n >= 0 do
    {chardata, n} = cut(chardata, n)
    if n >= 0, do: chardata, else: [chardata, " (truncated)"]
  end

  defp cut(binary, n) when is_binary(binary) do
    remaining = n - byte_size(binary)

    if remaining < 0,
      do: {binary_part(binary, 0, boundary(binary, n)), remaining},
      else: {binary, remaining}
  end

  defp cut(int, n) when int in 0..127, do: {int, n - 1}
  defp cut(int, n) when int in 127..0x07FF, do: {int, n - 2}
  defp cut(int, n) when int in 0x800..0xFFFF, do: {int, n - 3}
  defp cut(int, n) when is_integer(int), do: {int, n - 4}
  defp cut([], n), do: {[], n}

  defp cut([h | t], n) do
    {h, n} = cut(h, n)
    if n < 0, do: {[h], n}, else: cut_tail(h, t, n)
  end

  defp cut(other, _n) do
    raise ArgumentError,
          "cannot truncate chardata because it contains something that is not " <>
            "valid chardata: #{inspect(other)}"
  end

  defp cut_tail(h, t, n) do
    {t, n} = cut(t, n)
    {[h | t], n}
  end

  defp boundary(_binary, 0), do: 0

  defp boundary(binary, n) do
    if :binary.at(binary, n) in 0x80..0xBF, do: boundary(binary, n - 1), else: n
  end

  @doc "Replaces ~p and ~w by what Elixir's inspect gives."
  def scan_inspect(format, args, truncate, opts \\ %Inspect.Opts{}) do
    format = if is_binary(format), do: String.to_charlist(format), else: to_charlist(format)
    {format, args, _} = scan(format, args, [], [], truncate, opts)
    {format, args}
  end

  defp scan([?~ | rest], args, format, done, truncate, opts) do
    {flags, [control | rest]} = Enum.split_while(rest, &(&1 in ?0..?9 or &1 in ~c"-.*tlkK"))
    {taken, args} = Enum.split(args, arity(control, flags))

    if control in ~c"pwPW" do
      text = inspected(hd(taken), control, opts)
      scan(rest, args, [~c"~ts" | format], [text | done], truncate, opts)
    else
      scan(rest, args, [[?~ | flags] ++ [control] | format], Enum.reverse(taken) ++ done, truncate, opts)
    end
  end

  defp scan([c | rest], args, format, done, truncate, opts),
    do: scan(rest, args, [c | format], done, truncate, opts)

  defp scan([], _args, format, done, truncate, _opts),
    do: {:lists.flatten(Enum.reverse(format)), Enum.reverse(done), truncate}

  defp arity(control, _flags) when control in ~c"~n", do: 0
  defp arity(control, flags) when control in ~c"WPxX", do: 2 + stars(flags)
  defp arity(_control, flags), do: 1 + stars(flags)

  defp stars(flags), do: Enum.count(flags, &(&1 == ?*))

  defp inspected(term, control, opts) when control in ~c"wW",
    do: inspect(term, limit: opts.limit, width: :infinity)

  defp inspected(term, _control, opts), do: inspect(term, limit: opts.limit)

  @doc "The time now as the formatter wants it."
  def timestamp(utc_log?), do: timestamp(:os.system_time(:microsecond), utc_log?)

  def timestamp(timestamp, utc_log?) do
    micro = rem(timestamp, 1_000_000)
    seconds = div(timestamp, 1_000_000)

    {date, {hours, minutes, seconds}} =
      if utc_log?,
        do: :calendar.system_time_to_universal_time(seconds, :second),
        else: :calendar.system_time_to_local_time(seconds, :second)

    {date, {hours, minutes, seconds, div(micro, 1000)}}
  end
end
