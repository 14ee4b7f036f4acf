# SPDX-License-Identifier: Apache-2.0
#
# :logger and :error_logger, through which every report goes. Invariants: an event is
# %{level, msg, meta} and is handled in the process that logs it, handler by handler, before
# the call returns; the configuration is one term under {:logger, :config}.

defmodule :logger do
  @moduledoc "Erlang's logging API: levels, filters and handlers."

  @levels [:emergency, :alert, :critical, :error, :warning, :notice, :info, :debug]
  @process_key :"$logger_metadata$"

  # -- logging ----------------------------------------------------------------------------

  for level <- @levels do
    def unquote(level)(what), do: log(unquote(level), what)
    def unquote(level)(what, meta_or_args), do: log(unquote(level), what, meta_or_args)
    def unquote(level)(format, args, meta), do: log(unquote(level), format, args, meta)
  end

  def log(level, what), do: if(allow(level, nil), do: event(level, message(what), %{}), else: :ok)

  def log(level, what, meta) when is_map(meta),
    do: if(allow(level, nil), do: event(level, message(what), meta), else: :ok)

  def log(level, format, args) when is_list(args),
    do: if(allow(level, nil), do: event(level, {format, args}, %{}), else: :ok)

  def log(level, fun, arg) when is_function(fun, 1), do: log(level, fun, arg, %{})

  def log(level, fun, arg, meta) when is_function(fun, 1) do
    if allow(level, nil), do: event(level, lazy(fun, arg), meta), else: :ok
  end

  def log(level, format, args, meta),
    do: if(allow(level, nil), do: event(level, {format, args}, meta), else: :ok)

  # What fails to say what it has to say is told of instead.
  defp lazy(fun, arg) do
    computed(fun.(arg))
  catch
    class, reason -> {~c"LAZY_FUN CRASH: ~tp; Reason: ~tp", [{fun, arg}, {class, reason}]}
  end

  def macro_log(location, level, what), do: macro_log(location, level, what, %{})

  def macro_log(location, level, what, meta) when is_map(meta),
    do: event(level, message(what), Map.merge(location, meta))

  def macro_log(location, level, format, args),
    do: event(level, {format, args}, location)

  def macro_log(location, level, format, args, meta),
    do: event(level, {format, args}, Map.merge(location, meta))

  defp message(report) when is_map(report), do: {:report, report}
  defp message([{_, _} | _] = report), do: {:report, report}
  defp message(text), do: {:string, text}

  defp computed({format, args}) when is_list(args), do: {format, args}
  defp computed(what), do: message(what)

  @doc "Tells whether events of `level` from `module` are logged at all."
  def allow(level, module) do
    config = config()

    threshold =
      case config.modules do
        modules when modules == %{} or module == nil -> config.level
        %{^module => level} -> level
        _ -> config.level
      end

    admits?(threshold, level)
  end

  defp admits?(:all, _), do: true
  defp admits?(:none, _), do: false
  defp admits?(threshold, level), do: rank(level) <= rank(threshold)

  # Hands an event to the handlers; `meta` is the caller's.
  @doc false
  def event(level, msg, meta) do
    config = config()

    meta =
      %{pid: self(), gl: :erlang.group_leader(), time: :erlang.system_time(:microsecond)}
      |> Map.merge(config.metadata)
      |> Map.merge(process_metadata())
      |> Map.merge(meta)

    event = %{level: level, msg: msg, meta: meta}

    case filtered(config.filters, config.filter_default, event, &remove_primary_filter/1) do
      :stop -> :ok
      %{} = event -> Enum.each(config.handlers, &handle(&1, event))
    end
  end

  # A handler that fails is removed, but for Elixir's own.
  defp handle(handler, event) do
    with true <- admits?(Map.get(handler, :level, :all), event.level),
         %{} = event <- filtered(handler.filters, handler.filter_default, event, &remove_handler_filter(handler.id, &1)) do
      handler.module.log(event, handler)
    end
  catch
    _, _ -> if handler.id != Logger, do: remove_failing(handler.id)
  end

  defp remove_failing(id) do
    remove_handler(id)
    :erlang.display({:removed_failing_handler, id})
  end

  defp filtered([], :log, event, _remove), do: event
  defp filtered([], :stop, _event, _remove), do: :stop

  # A filter that fails is removed, and those after it are not asked.
  defp filtered([{id, {fun, arg}} | filters], default, event, remove) do
    try do
      fun.(event, arg)
    catch
      _, _ -> :failed
    else
      :stop -> :stop
      :ignore -> :ignore
      %{} = event -> event
      _ -> :failed
    end
    |> case do
      :stop ->
        :stop

      :ignore ->
        filtered(filters, default, event, remove)

      :failed ->
        remove.(id)
        filtered([], default, event, remove)

      event ->
        filtered(filters, :log, event, remove)
    end
  end

  # -- levels -----------------------------------------------------------------------------

  def compare_levels(a, b) do
    case rank(a) - rank(b) do
      0 -> :eq
      lower when lower > 0 -> :lt
      _ -> :gt
    end
  end

  for {level, rank} <- Enum.with_index([:none] ++ @levels ++ [:all]) do
    defp rank(unquote(level)), do: unquote(rank) - 1
  end

  defp rank(other), do: :erlang.error(:badarg, [other])

  # -- configuration ----------------------------------------------------------------------

  defp config do
    case :persistent_term.get({:logger, :config}, nil) do
      nil -> initial()
      config -> config
    end
  end

  defp initial do
    %{
      level: erlang_level(Application.get_env(:logger, :level, :debug)),
      metadata: %{},
      filters: [process_level: {&Logger.Filter.process_level/2, []}],
      filter_default: :log,
      modules: %{},
      handlers: [
        %{
          id: Logger,
          module: Logger.Handler,
          level: :all,
          filters: [],
          filter_default: :log,
          formatter: {:logger_formatter, %{}},
          config: %{}
        }
      ]
    }
  end

  defp erlang_level(:warn), do: :warning
  defp erlang_level(level), do: level

  defp update(fun) do
    :persistent_term.put({:logger, :config}, fun.(config()))
    :ok
  end

  def get_primary_config, do: Map.take(config(), [:level, :metadata, :filters, :filter_default])

  def set_primary_config(:level, level) when level not in [:all, :none | @levels],
    do: {:error, {:invalid_level, level}}

  def set_primary_config(key, value) when key in [:level, :metadata, :filters, :filter_default],
    do: update(&Map.put(&1, key, value))

  def set_primary_config(key, value), do: {:error, {:invalid_primary_config, {key, value}}}
  def set_primary_config(map), do: update(&Map.merge(&1, map))
  def update_primary_config(map), do: update(&Map.merge(&1, map))

  def add_primary_filter(id, filter) do
    with {:ok, filters} <- filter_added(config().filters, id, filter), do: update(&%{&1 | filters: filters})
  end

  defp filter_added(filters, id, {fun, _} = filter) when is_atom(id) and is_function(fun, 2) do
    if Keyword.has_key?(filters, id), do: {:error, {:already_exist, id}}, else: {:ok, filters ++ [{id, filter}]}
  end

  defp filter_added(_filters, id, filter), do: {:error, {:invalid_filter, {id, filter}}}

  def remove_primary_filter(id) do
    if Keyword.has_key?(config().filters, id),
      do: update(&%{&1 | filters: Keyword.delete(&1.filters, id)}),
      else: {:error, {:not_found, id}}
  end

  def add_handler(id, module, handler) do
    cond do
      not is_atom(id) ->
        {:error, {:invalid_id, id}}

      not is_map(handler) ->
        {:error, {:invalid_config, handler}}

      Map.get(handler, :level, :all) not in [:all, :none | @levels] ->
        {:error, {:invalid_level, handler.level}}

      Enum.any?(config().handlers, &(&1.id == id)) ->
        {:error, {:already_exist, id}}

      not Code.ensure_loaded?(module) or not function_exported?(module, :log, 2) ->
        {:error, {:invalid_handler, {:function_not_exported, {module, :log, 2}}}}

      true ->
        default = %{level: :all, filters: [], filter_default: :log, formatter: {:logger_formatter, %{}}, config: %{}}
        handler = default |> Map.merge(handler) |> Map.merge(%{id: id, module: module})

        case adding(module, handler) do
          {:ok, handler} -> update(&%{&1 | handlers: [handler | &1.handlers]})
          {:error, reason} -> {:error, {:handler_not_added, reason}}
        end
    end
  end

  defp adding(module, handler) do
    if function_exported?(module, :adding_handler, 1),
      do: module.adding_handler(handler),
      else: {:ok, handler}
  end

  def remove_handler(id) do
    case Enum.find(config().handlers, &(&1.id == id)) do
      nil ->
        {:error, {:not_found, id}}

      %{module: module} = handler ->
        update(&%{&1 | handlers: List.delete(&1.handlers, handler)})
        if function_exported?(module, :removing_handler, 1), do: module.removing_handler(handler)
        :ok
    end
  end

  def add_handlers(_app), do: :ok
  def get_handler_ids, do: Enum.map(config().handlers, & &1.id)
  def get_handler_config, do: config().handlers

  def get_handler_config(id) do
    case Enum.find(config().handlers, &(&1.id == id)) do
      nil -> {:error, {:not_found, id}}
      handler -> {:ok, handler}
    end
  end

  def set_handler_config(id, key, value), do: configure_handler(id, :set, %{key => value})
  def set_handler_config(id, map), do: configure_handler(id, :set, map)
  def update_handler_config(id, key, value), do: configure_handler(id, :update, %{key => value})
  def update_handler_config(id, map), do: configure_handler(id, :update, map)

  defp configure_handler(_id, _how, %{level: level}) when level not in [:all, :none | @levels], do: {:error, {:invalid_level, level}}

  # The handler has its say.
  defp configure_handler(id, how, map) do
    with {:ok, %{module: module} = old} <- get_handler_config(id),
         new = Map.merge(old, map),
         {:ok, new} <- if(function_exported?(module, :changing_config, 3), do: module.changing_config(how, old, new), else: {:ok, new}) do
      change_handler(id, fn _ -> new end)
    end
  end

  def add_handler_filter(id, filter_id, filter) do
    with {:ok, handler} <- get_handler_config(id),
         {:ok, filters} <- filter_added(handler.filters, filter_id, filter),
         do: change_handler(id, &%{&1 | filters: filters})
  end

  def remove_handler_filter(id, filter_id) do
    with {:ok, handler} <- get_handler_config(id) do
      if Keyword.has_key?(handler.filters, filter_id),
        do: change_handler(id, &%{&1 | filters: Keyword.delete(&1.filters, filter_id)}),
        else: {:error, {:not_found, filter_id}}
    end
  end

  def update_formatter_config(id, map) do
    change_handler(id, fn %{formatter: {module, config}} = handler ->
      %{handler | formatter: {module, Map.merge(config, map)}}
    end)
  end

  def update_formatter_config(id, key, value), do: update_formatter_config(id, %{key => value})

  defp change_handler(id, fun) do
    if id in get_handler_ids() do
      update(fn config ->
        %{config | handlers: Enum.map(config.handlers, &if(&1.id == id, do: fun.(&1), else: &1))}
      end)
    else
      {:error, {:not_found, id}}
    end
  end

  def get_config, do: %{primary: get_primary_config(), handlers: get_handler_config(), module_levels: get_module_level()}

  def set_module_level(modules, level) when level in [:all, :none | @levels] do
    new = Map.new(List.wrap(modules), &{&1, level})
    update(&%{&1 | modules: Map.merge(&1.modules, new)})
  end

  def set_module_level(_modules, level), do: {:error, {:invalid_level, level}}
  def unset_module_level, do: update(&%{&1 | modules: %{}})

  def unset_module_level(modules),
    do: update(&%{&1 | modules: Map.drop(&1.modules, List.wrap(modules))})

  def get_module_level, do: Map.to_list(config().modules)
  def get_module_level(modules), do: Map.to_list(Map.take(config().modules, List.wrap(modules)))

  def set_application_level(app, level) do
    case :application.get_key(app, :modules) do
      {:ok, modules} -> set_module_level(modules, level)
      :undefined -> {:error, {:not_loaded, app}}
    end
  end

  def unset_application_level(app) do
    case :application.get_key(app, :modules) do
      {:ok, modules} -> unset_module_level(modules)
      :undefined -> {:error, {:not_loaded, app}}
    end
  end

  # -- metadata ---------------------------------------------------------------------------

  defp process_metadata do
    case :erlang.get(@process_key) do
      meta when is_map(meta) -> meta
      _ -> %{}
    end
  end

  def get_process_metadata, do: :erlang.get(@process_key)

  def set_process_metadata(meta) when is_map(meta) do
    :erlang.put(@process_key, meta)
    :ok
  end

  def set_process_metadata(_), do: :erlang.error(:badarg)

  def update_process_metadata(meta) when is_map(meta),
    do: set_process_metadata(Map.merge(process_metadata(), meta))

  def unset_process_metadata do
    :erlang.erase(@process_key)
    :ok
  end

  def timestamp, do: :erlang.system_time(:microsecond)

  # -- reports as text --------------------------------------------------------------------

  @doc "A report as a format and its arguments."
  def format_report(map) when is_map(map), do: format_report(Map.to_list(map))

  def format_report(list) when is_list(list) do
    # The terms stay arguments, so that each handler prints them in its own language.
    {formats, args} =
      Enum.map(list, fn
        {key, [_ | _] = value} -> {if(:io_lib.printable_unicode_list(value), do: ~c"    ~tp: ~ts", else: ~c"    ~tp: ~tp"), [key, value]}
        {key, value} -> {~c"    ~tp: ~tp", [key, value]}
        other -> {~c"    ~tp", [other]}
      end)
      |> Enum.unzip()

    {:lists.flatten(Enum.intersperse(formats, ~c"\n")), Enum.concat(args)}
  end

  def format_report(other), do: {~c"~tp", [other]}
  def format_otp_report(%{label: _, report: report}), do: format_report(report)
  def format_otp_report(report), do: format_report(report)
end

defmodule :error_logger do
  @moduledoc "The old names of logging."

  def error_msg(format), do: error_msg(format, [])
  def error_msg(format, args), do: log(:error, :error_msg, format, args, :error)
  def format(format, args), do: error_msg(format, args)
  def warning_msg(format), do: warning_msg(format, [])
  def warning_msg(format, args), do: log(:warning, :warning_msg, format, args, :warning_msg)
  def info_msg(format), do: info_msg(format, [])
  def info_msg(format, args), do: log(:notice, :info_msg, format, args, :info_msg)
  def error_report(report), do: error_report(:std_error, report)
  def error_report(type, report), do: report(:error, type, report, :error_report)
  def warning_report(report), do: warning_report(:std_warning, report)
  def warning_report(type, report), do: report(:warning, type, report, :warning_report)
  def info_report(report), do: info_report(:std_info, report)
  def info_report(type, report), do: report(:notice, type, report, :info_report)
  def warning_map, do: :warning
  def logfile(_), do: {:error, :no_log_file}
  def tty(_), do: :ok
  def add_report_handler(_module), do: {:error, :not_supported}
  def add_report_handler(_module, _args), do: {:error, :not_supported}
  def delete_report_handler(_module), do: {:error, :module_not_found}
  def which_report_handlers, do: []
  def get_format_depth, do: :unlimited
  def limit_term(term), do: term

  defp log(level, label, format, args, tag),
    do: logged(level, %{label: {:error_logger, label}, format: format, args: args}, %{error_logger: %{tag: tag}})

  defp logged(level, report, meta) do
    meta = Map.put(meta, :report_cb, &:error_logger.report_to_format/1)
    if :logger.allow(level, :error_logger), do: :logger.event(level, {:report, report}, meta)
    :ok
  end

  defp report(level, type, report, tag) do
    meta = %{error_logger: %{tag: tag, type: type}}
    meta = if type in [:std_error, :std_warning, :std_info], do: meta, else: Map.put(meta, :domain, [type])
    logged(level, %{label: {:error_logger, tag}, report: report}, meta)
  end

  @doc false
  def report_to_format(%{label: {:error_logger, _}, format: format, args: args}), do: {format, args}
  def report_to_format(%{label: {:error_logger, _}, report: report}) when is_map(report), do: {~c"~tp\n", [report]}
  def report_to_format(%{label: {:error_logger, _}, report: report}), do: :logger.format_report(report)
end
