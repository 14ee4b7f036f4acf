# SPDX-License-Identifier: Apache-2.0
#
# Logger: levels, metadata and the console. Invariants: whether a message is wanted is decided
# before it is computed; messages are written in the order of the calls; colors appear only
# where IO.ANSI is enabled.

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
    Logger.Writer.flush()
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
