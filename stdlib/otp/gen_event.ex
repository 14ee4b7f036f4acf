# SPDX-License-Identifier: Apache-2.0
#
# :gen_event, an event manager with handlers that come and go. Invariant: the handlers live in
# the manager's process, each with its own state; one that fails is removed and the others go
# on.

defmodule :gen_event do
  @moduledoc "The generic event manager."

  @callback init(args :: term) :: {:ok, term} | {:ok, term, :hibernate} | {:error, term}
  @callback handle_event(event :: term, state :: term) ::
              {:ok, term}
              | {:ok, term, :hibernate}
              | {:swap_handler, term, term, term, term}
              | :remove_handler
  @callback handle_call(request :: term, state :: term) ::
              {:ok, term, term}
              | {:ok, term, term, :hibernate}
              | {:swap_handler, term, term, term, term, term}
              | {:remove_handler, term}
  @callback handle_info(info :: term, state :: term) :: {:ok, term} | :remove_handler
  @callback terminate(args :: term, state :: term) :: term
  @callback code_change(old :: term, state :: term, extra :: term) :: {:ok, term}
  @callback format_status(map) :: map
  @callback format_status(opt :: term, list) :: term

  @optional_callbacks handle_info: 2, terminate: 2, code_change: 3, format_status: 1, format_status: 2

  use :gen, responses: :unwrapped

  defp unwrapped({:reply, {:error, _} = error}), do: error
  defp unwrapped({{:reply, {:error, _} = error}, tag, ids}), do: {error, tag, ids}
  defp unwrapped(response), do: response

  # A handler: %{module, id, state, sup}; it is named {module, id}, or plainly `module` where `id` is
  # false; `sup` is the pid that supervises it, or false.

  # -- client -----------------------------------------------------------------------------

  def start, do: :gen.start(:gen_event, :nolink, :none, [], [])
  def start(opts) when is_list(opts), do: :gen.start(:gen_event, :nolink, :none, [], opts)
  def start(name), do: start(name, [])
  def start(name, opts), do: :gen.start(:gen_event, :nolink, name, :none, [], opts)
  def start_link, do: :gen.start(:gen_event, :link, :none, [], [])
  def start_link(opts) when is_list(opts), do: :gen.start(:gen_event, :link, :none, [], opts)
  def start_link(name), do: start_link(name, [])
  def start_link(name, opts), do: :gen.start(:gen_event, :link, name, :none, [], opts)
  def start_monitor, do: :gen.start(:gen_event, :monitor, :none, [], [])
  def start_monitor(opts) when is_list(opts), do: :gen.start(:gen_event, :monitor, :none, [], opts)
  def start_monitor(name), do: start_monitor(name, [])
  def start_monitor(name, opts), do: :gen.start(:gen_event, :monitor, name, :none, [], opts)

  def stop(manager), do: :gen.stop(manager)
  def stop(manager, reason, timeout), do: :gen.stop(manager, reason, timeout)

  def add_handler(manager, handler, args), do: rpc(manager, {:add_handler, handler, args})

  def add_sup_handler(manager, handler, args),
    do: rpc(manager, {:add_sup_handler, handler, args, self()})

  def delete_handler(manager, handler, args), do: rpc(manager, {:delete_handler, handler, args})

  def swap_handler(manager, {old, old_args}, {new, new_args}),
    do: rpc(manager, {:swap_handler, old, old_args, new, new_args})

  def swap_sup_handler(manager, {old, old_args}, {new, new_args}),
    do: rpc(manager, {:swap_sup_handler, old, old_args, new, new_args, self()})

  def which_handlers(manager), do: rpc(manager, :which_handlers)
  def sync_notify(manager, event), do: rpc(manager, {:sync_notify, event})

  def notify(manager, event) do
    send_to(manager, {:notify, event})
    :ok
  end

  def call(manager, handler, request) do
    {:ok, reply} = :gen.call(manager, self(), {:call, handler, request})
    reply
  catch
    :exit, reason -> exit({reason, {:gen_event, :call, [manager, handler, request]}})
  end

  def call(manager, handler, request, timeout) do
    {:ok, reply} = :gen.call(manager, self(), {:call, handler, request}, timeout)
    reply
  catch
    :exit, reason -> exit({reason, {:gen_event, :call, [manager, handler, request, timeout]}})
  end

  def send_request(manager, handler, request), do: :gen.send_request(manager, self(), {:call, handler, request})

  def send_request(manager, handler, request, tag, ids),
    do: :gen.send_request(manager, self(), {:call, handler, request}, tag, ids)

  defp rpc(manager, request) do
    {:ok, reply} = :gen.call(manager, self(), request, :infinity)
    reply
  end

  defp send_to({:global, name}, msg), do: :global.send(name, msg)
  defp send_to({:via, module, name}, msg), do: module.send(name, msg)
  defp send_to({name, node}, msg) when node == node(), do: send(name, msg)
  defp send_to(manager, msg), do: send(manager, msg)

  # -- the process ------------------------------------------------------------------------

  def init_it(starter, parent, given_name, _mod, _args, opts) do
    :erlang.process_flag(:trap_exit, true)
    name = :gen.name(given_name)
    ctx = {parent, name, :gen.hibernate_after(opts), :gen.debug_options(name, opts)}
    :proc_lib.init_ack(starter, {:ok, self()})
    loop(ctx, [])
  end

  defp loop({parent, _name, idle, debug} = ctx, handlers) do
    receive do
      {:system, from, request} ->
        :sys.handle_system_msg(request, from, parent, :gen_event, debug, [ctx, handlers])

      {:EXIT, ^parent, reason} ->
        finish(reason, ctx, handlers)

      msg when debug == [] ->
        handle(msg, ctx, handlers)

      msg ->
        handle(msg, debugged(ctx, msg), handlers)
    after
      idle -> :proc_lib.hibernate(:gen_event, :wake_hib, [ctx, handlers])
    end
  end

  defp handle(msg, ctx, handlers) do
    case msg do
      {:notify, event} ->
        loop(ctx, notify_all(ctx, handlers, :handle_event, event))

      {:EXIT, pid, reason} ->
        handlers = supervisor_gone(ctx, handlers, pid, reason)
        loop(ctx, notify_all(ctx, handlers, :handle_info, msg))

      {label, {pid, _} = from, request} when is_pid(label) and is_pid(pid) ->
        {reply, handlers} = serve(ctx, handlers, request)
        :gen.reply(from, reply)
        loop(ctx, handlers)

      _ ->
        loop(ctx, notify_all(ctx, handlers, :handle_info, msg))
    end
  end

  defp debugged({parent, name, idle, debug}, msg),
    do: {parent, name, idle, :sys.handle_debug(debug, &print_event/3, name, {:in, msg})}

  defp print_event(device, {:in, {:notify, event}}, name),
    do: :io.format(device, ~c"*DBG* ~tp got event ~tp~n", [name, event])

  defp print_event(device, {:in, {_, _, {:call, handler, request}}}, name),
    do: :io.format(device, ~c"*DBG* ~tp(~tp) got call ~tp~n", [name, handler, request])

  defp print_event(device, {:in, msg}, name), do: :io.format(device, ~c"*DBG* ~tp got ~tp~n", [name, msg])

  @doc false
  def wake_hib(ctx, handlers), do: loop(ctx, handlers)

  defp serve(ctx, handlers, {:sync_notify, event}),
    do: {:ok, notify_all(ctx, handlers, :handle_event, event)}

  defp serve(_ctx, handlers, :which_handlers), do: {Enum.map(handlers, &name_of/1), handlers}
  defp serve(_ctx, handlers, {:add_handler, handler, args}), do: add(handlers, handler, args, false)

  defp serve(_ctx, handlers, {:add_sup_handler, handler, args, pid}) do
    :erlang.link(pid)
    add(handlers, handler, args, pid)
  end

  defp serve(ctx, handlers, {:delete_handler, name, args}) do
    case find(handlers, name) do
      nil -> {{:error, :module_not_found}, handlers}
      handler -> {terminate(ctx, handler, args, {:stop, args}, :normal), List.delete(handlers, handler)}
    end
  end

  defp serve(ctx, handlers, {:swap_handler, old, old_args, new, new_args}),
    do: swap(ctx, handlers, old, old_args, new, new_args, false)

  defp serve(ctx, handlers, {:swap_sup_handler, old, old_args, new, new_args, pid}) do
    :erlang.link(pid)
    swap(ctx, handlers, old, old_args, new, new_args, pid)
  end

  defp serve(ctx, handlers, {:call, name, request}) do
    case find(handlers, name) do
      nil -> {{:error, :bad_module}, handlers}
      handler -> call_handler(ctx, handlers, handler, request)
    end
  end

  defp serve(_ctx, handlers, _request), do: {{:error, :unknown_request}, handlers}

  defp call_handler(ctx, handlers, handler, request) do
    case guarded(fn -> handler.module.handle_call(request, handler.state) end) do
      {:ok, {:ok, reply, state}} ->
        {reply, replace(handlers, handler, state)}

      {:ok, {:ok, reply, state, :hibernate}} ->
        {reply, replace(handlers, handler, state)}

      {:ok, {:remove_handler, reply}} ->
        terminate(ctx, handler, :remove_handler, :remove_handler, :normal)
        {reply, List.delete(handlers, handler)}

      {:ok, {:swap_handler, reply, args1, state, new, args2}} ->
        {before, [_ | rest]} = Enum.split_while(handlers, &(&1 != handler))
        {reply, before ++ swap_itself(ctx, %{handler | state: state}, args1, new, args2) ++ rest}

      failed ->
        {{:error, failure(failed)}, fail(ctx, handlers, handler, request, failed)}
    end
  end

  # -- handlers ---------------------------------------------------------------------------

  defp add(handlers, name, args, sup) do
    {module, id} = split(name)

    added(guarded(fn -> module.init(args) end), handlers, module, id, sup)
  end

  defp added({:ok, {:ok, state}}, handlers, module, id, sup),
    do: {:ok, [%{module: module, id: id, state: state, sup: sup} | handlers]}

  defp added({:ok, {:ok, state, :hibernate}}, handlers, module, id, sup),
    do: added({:ok, {:ok, state}}, handlers, module, id, sup)

  defp added({:ok, other}, handlers, _, _, _), do: {other, handlers}
  defp added({:failed, reason}, handlers, _, _, _), do: {{:EXIT, reason}, handlers}

  # Who supervises the old handler supervises the new one, unless another is given.
  defp swap(ctx, handlers, old, old_args, new, new_args, sup) do
    {result, handlers, sup} =
      case find(handlers, old) do
        nil ->
          {:error, handlers, sup}

        handler ->
          sup = sup || handler.sup
          {terminate(ctx, handler, old_args, {:swapped, new, sup}, :normal), List.delete(handlers, handler), sup}
      end

    case add(handlers, new, {new_args, result}, sup) do
      {:ok, handlers} -> {:ok, handlers}
      {error, handlers} -> {{:error, error}, handlers}
    end
  end

  # A handler that gives its place to another; who supervises it is told if that one cannot begin.
  defp swap_itself(ctx, handler, args1, new, args2) do
    {result, handlers} = swap(ctx, [handler], name_of(handler), args1, new, args2, handler.sup)
    if result != :ok and handler.sup, do: send(handler.sup, {:gen_event_EXIT, new, :crash})
    handlers
  end

  defp split({module, id}), do: {module, id}
  defp split(module), do: {module, false}
  defp name_of(%{id: false, module: module}), do: module
  defp name_of(%{id: id, module: module}), do: {module, id}
  defp find(handlers, name), do: Enum.find(handlers, &(name_of(&1) == name))

  # Names need not be unique: the first that has it is meant.
  defp replace([handler | rest], handler, state), do: [%{handler | state: state} | rest]
  defp replace([other | rest], handler, state), do: [other | replace(rest, handler, state)]

  defp notify_all(_ctx, [], _callback, _event), do: []

  defp notify_all(ctx, [handler | rest], callback, event) do
    kept = notify_one(ctx, handler, callback, event)
    kept ++ notify_all(ctx, rest, callback, event)
  end

  defp notify_one(ctx, %{module: module, state: state} = handler, callback, event) do
    if callback == :handle_info and not function_exported?(module, :handle_info, 2) do
      [handler]
    else
      case guarded(fn -> apply(module, callback, [event, state]) end) do
        {:ok, {:ok, state}} ->
          [%{handler | state: state}]

        {:ok, {:ok, state, :hibernate}} ->
          [%{handler | state: state}]

        {:ok, :remove_handler} ->
          terminate(ctx, handler, :remove_handler, :remove_handler, :normal)
          []

        {:ok, {:swap_handler, args1, state, new, args2}} ->
          swap_itself(ctx, %{handler | state: state}, args1, new, args2)

        failed ->
          fail(ctx, [handler], handler, event, failed)
      end
    end
  end

  defp guarded(fun) do
    {:ok, fun.()}
  catch
    :throw, value -> {:ok, value}
    :exit, reason -> {:failed, reason}
    :error, reason -> {:failed, {reason, __STACKTRACE__}}
  end

  defp failure({:failed, reason}), do: {:EXIT, reason}
  defp failure({:ok, other}), do: other

  defp fail(ctx, handlers, handler, event, failed) do
    reason = failure(failed)
    terminate(ctx, handler, {:error, reason}, reason, event)
    List.delete(handlers, handler)
  end

  # Ends a handler; who supervises it is told, and a failure is reported.
  defp terminate({_, name, _, _}, handler, args, why, event) do
    result =
      if function_exported?(handler.module, :terminate, 2) do
        case guarded(fn -> handler.module.terminate(args, handler.state) end) do
          {:ok, value} -> value
          {:failed, reason} -> {:EXIT, reason}
        end
      else
        :ok
      end

    if match?({:error, _}, args), do: report(name, handler, with({:EXIT, reason} <- elem(args, 1), do: reason), event)
    if handler.sup, do: send(handler.sup, {:gen_event_EXIT, name_of(handler), exit_of(why)})
    result
  end

  defp exit_of(:remove_handler), do: :normal
  defp exit_of({:stop, _}), do: :normal
  defp exit_of({:swapped, _, _} = swapped), do: swapped
  defp exit_of(reason), do: reason

  defp report(name, handler, reason, event) do
    shown = shown(:terminate, handler, %{message: event, reason: reason}, :erlang.get())

    :logger.error(
      %{
        label: {:gen_event, :terminate},
        handler: name_of(handler),
        name: name,
        last_message: shown.message,
        state: shown.state,
        reason: shown.reason
      },
      %{domain: [:otp], report_cb: &:gen_event.format_log/2, error_logger: %{tag: :error, report_cb: &:gen_event.format_log/1}, mfa: {:gen_event, :report_error, 5}}
    )
  end

  def format_log(report), do: {~c"~ts", [:phial_report_text.format(report, %{single_line: false})]}
  def format_log(report, config), do: :phial_report_text.format(report, config)

  defp supervisor_gone(ctx, handlers, pid, reason) do
    {gone, kept} = Enum.split_with(handlers, &(&1.sup == pid))
    Enum.each(gone, &terminate(ctx, &1, {:stop, reason}, {:stop, reason}, :normal))
    kept
  end

  defp finish(reason, ctx, handlers) do
    Enum.each(handlers, &terminate(ctx, &1, :stop, :shutdown, :normal))
    exit(reason)
  end

  # -- system messages --------------------------------------------------------------------

  def system_continue(parent, debug, [{_, name, idle, _}, handlers]), do: loop({parent, name, idle, debug}, handlers)
  def system_terminate(reason, _parent, _debug, [ctx, handlers]), do: finish(reason, ctx, handlers)

  def system_code_change([ctx, handlers], module, old, extra) do
    handlers =
      Enum.map(handlers, fn
        %{module: ^module} = handler ->
          {:ok, state} = module.code_change(old, handler.state, extra)
          %{handler | state: state}

        handler ->
          handler
      end)

    {:ok, [ctx, handlers]}
  end

  def system_get_state([_ctx, handlers]),
    do: {:ok, for(%{module: m, id: id, state: state} <- handlers, do: {m, id, state})}

  def system_replace_state(fun, [ctx, handlers]) do
    {states, handlers} =
      Enum.map(handlers, fn handler ->
        {_, _, state} = new = fun.({handler.module, handler.id, handler.state})
        {new, %{handler | state: state}}
      end)
      |> Enum.unzip()

    {:ok, states, [ctx, handlers]}
  end

  def format_status(opt, [pdict, sys_state, parent, debug, [{_, name, _, _}, handlers]]) do
    shown = for %{module: m, id: id, sup: sup} = handler <- handlers, do: {:handler, m, id, shown(opt, handler, %{}, pdict).state, sup}

    [
      header: :gen.format_status_header(~c"Status for event handler", name),
      data: [{~c"Status", sys_state}, {~c"Logged Events", :sys.get_log(debug)}, {~c"Parent", parent}],
      items: {~c"Installed handlers", shown}
    ]
  end

  # The state of a handler, and what else is told, as its module wants them shown.
  defp shown(opt, handler, given, pdict) do
    case :gen.format_status(handler.module, opt, Map.put(given, :state, handler.state), [pdict, handler.state]) do
      %{:"$status" => state} = status -> %{status | state: state}
      status -> status
    end
  end
end
