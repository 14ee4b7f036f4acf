# SPDX-License-Identifier: Apache-2.0
#
# :gen_server, the loop behind GenServer.
# Invariants: a message is taken by one receive and handled inside one try; a process that ends
# calls terminate/2 at most once, reports an abnormal reason once and then dies of it; nothing
# is allocated per message besides what the callback allocates.

defmodule :gen_server do
  @moduledoc "The generic server: its client functions and its loop."

  @callback init(args :: term) :: {:ok, state :: term} | {:ok, state :: term, term} | :ignore | {:stop, reason :: term} | {:error, reason :: term}
  @callback handle_call(request :: term, from :: {pid, term}, state :: term) :: tuple
  @callback handle_cast(request :: term, state :: term) :: tuple
  @callback handle_info(info :: term, state :: term) :: tuple
  @callback handle_continue(info :: term, state :: term) :: tuple
  @callback terminate(reason :: term, state :: term) :: term
  @callback code_change(old :: term, state :: term, extra :: term) :: {:ok, term} | {:error, reason :: term}
  @callback format_status(map) :: map
  @callback format_status(opt :: term, list) :: term

  @optional_callbacks handle_info: 2, handle_continue: 2, terminate: 2, code_change: 3, format_status: 1, format_status: 2

  # What does not change from message to message travels as one tuple:
  # {parent, name, callback module, milliseconds until hibernation, debug list}.

  # What a callback may give after the state: how to go on.
  defguardp is_next(next)
            when next in [:infinity, :hibernate] or (is_integer(next) and next >= 0) or
                   (is_tuple(next) and tuple_size(next) == 2 and elem(next, 0) == :continue)

  use :gen

  # -- client -----------------------------------------------------------------------------

  def start(mod, args, opts), do: :gen.start(:gen_server, :nolink, mod, args, opts)
  def start(name, mod, args, opts), do: :gen.start(:gen_server, :nolink, name, mod, args, opts)
  def start_link(mod, args, opts), do: :gen.start(:gen_server, :link, mod, args, opts)
  def start_link(name, mod, args, opts), do: :gen.start(:gen_server, :link, name, mod, args, opts)
  def start_monitor(mod, args, opts), do: :gen.start(:gen_server, :monitor, mod, args, opts)

  def start_monitor(name, mod, args, opts),
    do: :gen.start(:gen_server, :monitor, name, mod, args, opts)

  def stop(server), do: :gen.stop(server)
  def stop(server, reason, timeout), do: :gen.stop(server, reason, timeout)

  def call(server, request) do
    {:ok, reply} = :gen.call(server, :"$gen_call", request)
    reply
  catch
    class, reason -> exit({exit_reason(class, reason, __STACKTRACE__), {:gen_server, :call, [server, request]}})
  end

  def call(server, request, timeout) do
    {:ok, reply} = :gen.call(server, :"$gen_call", request, timeout)
    reply
  catch
    class, reason -> exit({exit_reason(class, reason, __STACKTRACE__), {:gen_server, :call, [server, request, timeout]}})
  end

  def cast(server, request), do: GenServer.cast(server, request)
  def reply(client, reply), do: :gen.reply(client, reply)

  def abcast(name, request), do: abcast([node() | Node.list()], name, request)
  def abcast(nodes, name, request), do: GenServer.abcast(nodes, name, request)

  def multi_call(name, request), do: multi_call([node() | Node.list()], name, request)
  def multi_call(nodes, name, request), do: multi_call(nodes, name, request, :infinity)

  def multi_call(nodes, name, request, timeout) when is_list(nodes) and is_atom(name) do
    Enum.reduce(Enum.reverse(nodes), {[], []}, fn node, {good, bad} ->
      try do
        {:ok, reply} = :gen.call({name, node}, :"$gen_call", request, timeout)
        {[{node, reply} | good], bad}
      catch
        :exit, _ -> {good, [node | bad]}
      end
    end)
  end

  def send_request(server, request), do: :gen.send_request(server, :"$gen_call", request)

  def send_request(server, request, tag, ids),
    do: :gen.send_request(server, :"$gen_call", request, tag, ids)

  # -- start ------------------------------------------------------------------------------

  def enter_loop(mod, opts, state), do: enter_loop(mod, opts, state, self(), :infinity)

  def enter_loop(mod, opts, state, next) when is_next(next), do: enter_loop(mod, opts, state, self(), next)
  def enter_loop(mod, opts, state, name), do: enter_loop(mod, opts, state, name, :infinity)

  def enter_loop(mod, opts, state, given_name, next) when is_next(next) do
    name = :gen.get_proc_name(given_name)
    debug = :gen.debug_options(name, opts)
    proceed({:gen.get_parent(), name, mod, :gen.hibernate_after(opts), debug}, state, next)
  end

  def init_it(starter, parent, given_name, mod, args, opts) do
    name = :gen.name(given_name)
    ctx = {parent, name, mod, :gen.hibernate_after(opts), :gen.debug_options(name, opts)}

    case init_it(mod, args) do
      {:ok, state} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(ctx, state)

      {:ok, state, next} when is_next(next) ->
        :proc_lib.init_ack(starter, {:ok, self()})
        proceed(ctx, state, next)

      {:stop, reason} ->
        give_up(starter, given_name, {:error, reason})
        exit(reason)

      :ignore ->
        give_up(starter, given_name, :ignore)
        exit(:normal)

      {:"$crash", class, reason, stacktrace} ->
        give_up(starter, given_name, {:error, exit_reason(class, reason, stacktrace)})
        :erlang.raise(class, reason, stacktrace)

      other ->
        give_up(starter, given_name, {:error, {:bad_return_value, other}})
        exit({:bad_return_value, other})
    end
  end

  defp init_it(mod, args) do
    mod.init(args)
  catch
    :throw, value -> value
    class, reason -> {:"$crash", class, reason, __STACKTRACE__}
  end

  # The name is given back first: who started us may try again at once.
  defp give_up(starter, name, answer) do
    :gen.unregister_name(name)
    :proc_lib.init_ack(starter, answer)
  end

  # -- the loop ---------------------------------------------------------------------------

  defp loop({parent, _name, mod, idle, debug} = ctx, state) do
    receive do
      {:"$gen_call", from, request} when debug == [] ->
        handle_call(ctx, mod, request, from, state)

      {:"$gen_cast", request} when debug == [] ->
        case try_cast(mod, request, state) do
          {:noreply, state} -> loop(ctx, state)
          other -> handle_common(ctx, :undefined, {:"$gen_cast", request}, other, state)
        end

      {:system, from, request} ->
        :sys.handle_system_msg(request, from, parent, :gen_server, debug, [ctx, state, :infinity])

      {:EXIT, ^parent, reason} = msg ->
        terminate(:exit, reason, [], ctx, :undefined, msg, state)

      msg when debug == [] ->
        case try_info(mod, msg, state) do
          {:noreply, state} -> loop(ctx, state)
          other -> handle_common(ctx, :undefined, msg, other, state)
        end

      msg ->
        debugged(ctx, msg, state)
    after
      idle -> :proc_lib.hibernate(:gen_server, :wake_hib, [ctx, state])
    end
  end

  defp loop(ctx, state, timeout) do
    receive do
      msg -> dispatch(ctx, msg, state, timeout)
    after
      timeout -> dispatch(ctx, :timeout, state, timeout)
    end
  end

  @doc false
  def wake_hib(ctx, state) do
    receive do
      msg -> dispatch(ctx, msg, state, :hibernate)
    end
  end

  # How the process goes on after a callback said so.
  defp proceed(ctx, state, :infinity), do: loop(ctx, state)

  defp proceed({_, _, mod, _, _} = ctx, state, {:continue, continue} = msg) do
    ctx = debug(ctx, msg)
    handle_msg(ctx, msg, try_continue(mod, continue, state), state)
  end

  defp proceed(ctx, state, :hibernate),
    do: :proc_lib.hibernate(:gen_server, :wake_hib, [ctx, state])

  defp proceed(ctx, state, timeout), do: loop(ctx, state, timeout)

  defp dispatch({parent, _, _, _, debug} = ctx, {:system, from, request}, state, time) do
    hibernate? = time == :hibernate
    misc = [ctx, state, time]
    :sys.handle_system_msg(request, from, parent, :gen_server, debug, misc, hibernate?)
  end

  defp dispatch({parent, _, _, _, _} = ctx, {:EXIT, parent, reason} = msg, state, _time),
    do: terminate(:exit, reason, [], ctx, :undefined, msg, state)

  defp dispatch({_, _, mod, _, []} = ctx, msg, state, _time), do: perform(ctx, mod, msg, state)
  defp dispatch(ctx, msg, state, _time), do: debugged(ctx, msg, state)

  defp perform(ctx, mod, {:"$gen_call", from, request}, state),
    do: handle_call(ctx, mod, request, from, state)

  defp perform(ctx, mod, {:"$gen_cast", request} = msg, state),
    do: handle_msg(ctx, msg, try_cast(mod, request, state), state)

  defp perform(ctx, mod, msg, state), do: handle_msg(ctx, msg, try_info(mod, msg, state), state)

  defp handle_call(ctx, mod, request, from, state) do
    case try_handle_call(mod, request, from, state) do
      {:reply, reply, state} ->
        loop(answer(ctx, from, reply, state), state)

      {:noreply, state} ->
        loop(noted(ctx, state), state)

      {:reply, reply, state, next} when is_next(next) ->
        proceed(answer(ctx, from, reply, state), state, next)

      {:stop, reason, reply, state} ->
        try do
          terminate(:exit, reason, [], ctx, from, request, state)
        after
          answer(ctx, from, reply, state)
        end

      other ->
        handle_common(ctx, from, request, other, state)
    end
  end

  defp handle_msg(ctx, _msg, {:noreply, state}, _old) do
    loop(noted(ctx, state), state)
  end

  defp handle_msg(ctx, msg, result, state),
    do: handle_common(ctx, :undefined, msg, result, state)

  defp handle_common(ctx, from, msg, result, state) do
    case result do
      {:noreply, state, next} when is_next(next) ->
        proceed(noted(ctx, state), state, next)

      {:stop, reason, state} ->
        terminate(:exit, reason, [], ctx, from, msg, state)

      {:"$crash", class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, ctx, from, msg, state)

      other ->
        terminate(:exit, {:bad_return_value, other}, [], ctx, from, msg, state)
    end
  end

  # A callback may throw what it could have returned.
  defp try_handle_call(mod, request, from, state) do
    mod.handle_call(request, from, state)
  catch
    :throw, value -> value
    class, reason -> {:"$crash", class, reason, __STACKTRACE__}
  end

  defp try_cast(mod, request, state) do
    mod.handle_cast(request, state)
  catch
    :throw, value -> value
    class, reason -> {:"$crash", class, reason, __STACKTRACE__}
  end

  defp try_continue(mod, continue, state) do
    mod.handle_continue(continue, state)
  catch
    :throw, value -> value
    class, reason -> {:"$crash", class, reason, __STACKTRACE__}
  end

  defp try_info(mod, msg, state) do
    mod.handle_info(msg, state)
  catch
    :throw, value -> value
    :error, :undef -> missing_info(mod, msg, state, __STACKTRACE__)
    class, reason -> {:"$crash", class, reason, __STACKTRACE__}
  end

  defp missing_info(mod, msg, state, stacktrace) do
    if function_exported?(mod, :handle_info, 2) do
      {:"$crash", :error, :undef, stacktrace}
    else
      :logger.warning(
        %{label: {:gen_server, :no_handle_info}, module: mod, message: msg},
        %{
          domain: [:otp],
          report_cb: &:gen_server.format_log/2,
          error_logger: %{tag: :warning_msg, report_cb: &:gen_server.format_log/1},
          mfa: {:gen_server, :try_dispatch, 4}
        }
      )

      {:noreply, state}
    end
  end

  # Replies and gives back the context, in which only the debug list can have changed.
  defp answer({_, _, _, _, []} = ctx, {_pid, [:alias | ref] = tag}, reply, _state)
       when is_reference(ref) do
    send(ref, {tag, reply})
    ctx
  end

  defp answer(ctx, from, reply, state) do
    :gen.reply(from, reply)
    debug(ctx, {:out, reply, from, state})
  end

  # -- tracing: the slow path of a server that :sys looks at --------------------------------

  defp debugged(ctx, msg, state) do
    ctx = debug(ctx, {:in, msg})
    perform(ctx, elem(ctx, 2), msg, state)
  end

  defp noted({_, _, _, _, []} = ctx, _state), do: ctx
  defp noted(ctx, state), do: debug(ctx, {:noreply, state})

  defp debug({_, _, _, _, []} = ctx, _event), do: ctx

  defp debug({parent, name, mod, idle, debug}, event),
    do: {parent, name, mod, idle, :sys.handle_debug(debug, &print_event/3, name, event)}

  defp print_event(device, {:in, msg}, name) do
    case msg do
      {:"$gen_call", {pid, _}, call} ->
        :io.format(device, ~c"*DBG* ~tp got call ~tp from ~tw~n", [name, call, pid])

      {:"$gen_cast", cast} ->
        :io.format(device, ~c"*DBG* ~tp got cast ~tp~n", [name, cast])

      _ ->
        :io.format(device, ~c"*DBG* ~tp got ~tp~n", [name, msg])
    end
  end

  defp print_event(device, {:out, reply, {to, _tag}, state}, name) do
    args = [name, reply, to, state]
    :io.format(device, ~c"*DBG* ~tp sent ~tp to ~tw, new state ~tp~n", args)
  end

  defp print_event(device, {:noreply, state}, name),
    do: :io.format(device, ~c"*DBG* ~tp new state ~tp~n", [name, state])

  defp print_event(device, event, name),
    do: :io.format(device, ~c"*DBG* ~tp dbg  ~tp~n", [name, event])

  # -- system messages --------------------------------------------------------------------

  def system_continue(parent, debug, [{_, name, mod, idle, _}, state, time]),
    do: proceed({parent, name, mod, idle, debug}, state, time)

  def system_terminate(reason, parent, debug, [{_, name, mod, idle, _}, state, _time]) do
    terminate(:exit, reason, [], {parent, name, mod, idle, debug}, :undefined, [], state)
  end

  def system_code_change([{_, _, mod, _, _} = ctx, state, time], _module, old_vsn, extra) do
    case mod.code_change(old_vsn, state, extra) do
      {:ok, state} -> {:ok, [ctx, state, time]}
      other -> other
    end
  end

  def system_get_state([{_, _, :supervisor, _, _}, state, _time]), do: {:ok, :supervisor.shown_state(state)}
  def system_get_state([_ctx, state, _time]), do: {:ok, state}

  def system_replace_state(fun, [ctx, state, time]) do
    state = fun.(state)
    {:ok, state, [ctx, state, time]}
  end

  def format_status(opt, [pdict, sys_state, parent, debug, [{_, name, mod, _, _}, state, _]]) do
    log = :sys.get_log(debug)
    given = %{state: state, log: log}
    status = :gen.format_status(mod, opt, given, [pdict, state])

    specific =
      case status do
        %{:"$status" => own} when is_list(own) -> own
        %{:"$status" => own} -> [own]
        %{EXIT: reason} -> [data: [{~c"State", reason}]]
        %{state: state} -> [data: [{~c"State", state}]]
      end

    [
      {:header, :gen.format_status_header(~c"Status for generic server", name)},
      {:data,
       [
         {~c"Status", sys_state},
         {~c"Parent", parent},
         {~c"Logged events", Map.get(status, :log, log)}
       ]}
      | specific
    ]
  end

  # -- the end ----------------------------------------------------------------------------

  defp terminate(class, reason, stacktrace, {_, _, mod, _, _} = ctx, from, msg, state) do
    try_terminate(mod, exit_reason(class, reason, stacktrace), state)
  catch
    # terminate/2 itself failed: its reason is now the reason.
    new_class, new_reason ->
      trace = __STACKTRACE__
      report(new_class, new_reason, trace, ctx, from, msg, state)
      :erlang.raise(new_class, new_reason, trace)
  else
    _ ->
      if expected?(class, reason), do: :ok, else: report(class, reason, stacktrace, ctx, from, msg, state)

      case stacktrace do
        [] -> :erlang.apply(:erlang, class, [reason])
        _ -> :erlang.raise(class, reason, stacktrace)
      end
  end

  defp try_terminate(mod, reason, state) do
    if function_exported?(mod, :terminate, 2) do
      try do
        mod.terminate(reason, state)
      catch
        :throw, value -> value
      end
    end
  end

  defp expected?(:exit, :normal), do: true
  defp expected?(:exit, :shutdown), do: true
  defp expected?(:exit, {:shutdown, _}), do: true
  defp expected?(_, _), do: false

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(:throw, value, stacktrace), do: {{:nocatch, value}, stacktrace}
  defp exit_reason(:exit, reason, _), do: reason

  defp report(class, reason, stacktrace, {_, name, mod, _, debug}, from, msg, state) do
    # Erlang keeps the stack of an exit too, though it is no part of the exit reason.
    reason =
      case {class, stacktrace} do
        {:exit, []} -> reason
        {:throw, _} -> {{:nocatch, reason}, stacktrace}
        _ -> {reason, stacktrace}
      end

    given = %{reason: reason, state: state, message: msg, log: :sys.get_log(debug)}

    {reason, msg, state, log} =
      case :gen.format_status(mod, :terminate, given, [:erlang.get(), state]) do
        %{:"$status" => own} -> {reason, msg, own, given.log}
        %{EXIT: text} -> {reason, msg, text, given.log}
        %{reason: r, message: m, state: s, log: l} -> {r, m, s, l}
        %{reason: r, message: m, state: s} -> {r, m, s, given.log}
        _ -> {reason, msg, state, given.log}
      end

    :logger.error(
      %{
        label: {:gen_server, :terminate},
        name: name,
        last_message: msg,
        state: state,
        log: log,
        reason: reason,
        client_info: :gen.client_info(from)
      },
      %{
        domain: [:otp],
        report_cb: &:gen_server.format_log/2,
        error_logger: %{tag: :error, report_cb: &:gen_server.format_log/1},
        mfa: {:gen_server, :error_info, 8}
      }
    )
  end

  @doc "A report of this module as Erlang prints it without Elixir's translator."
  def format_log(report), do: {~c"~ts", [:phial_report_text.format(report, %{single_line: false})]}
  def format_log(report, config), do: :phial_report_text.format(report, config)
end
