# SPDX-License-Identifier: Apache-2.0
#
# :gen_statem, state machines. Invariants: events are handled one by one from `queue`; when it is empty come the time-outs
# of zero, in `due`, and only then the mailbox; a change of state puts the postponed events back to the front of the queue
# in the order they came and cancels the state time-out; a time-out runs, is due, or is not set.

defmodule :gen_statem do
  @moduledoc "The generic state machine."

  @type event_type ::
          {:call, {pid, term}} | :cast | :info | :internal | :timeout | {:timeout, term} | :state_timeout

  @callback init(args :: term) ::
              {:ok, state :: term, data :: term}
              | {:ok, state :: term, data :: term, actions :: term}
              | :ignore
              | {:stop, reason :: term}
  @callback callback_mode() :: atom | [atom]
  @callback handle_event(event_type | :enter, content :: term, state :: term, data :: term) :: term
  @callback state_name(event_type | :enter, content :: term, data :: term) :: term
  @callback terminate(reason :: term, state :: term, data :: term) :: term
  @callback code_change(old :: term, state :: term, data :: term, extra :: term) :: term
  @callback format_status(map) :: map
  @callback format_status(opt :: term, list) :: term

  @optional_callbacks handle_event: 4, state_name: 3, terminate: 3, code_change: 4, format_status: 1, format_status: 2

  use :gen

  # -- client -----------------------------------------------------------------------------

  def start(mod, args, opts), do: :gen.start(:gen_statem, :nolink, mod, args, opts)
  def start(name, mod, args, opts), do: :gen.start(:gen_statem, :nolink, name, mod, args, opts)
  def start_link(mod, args, opts), do: :gen.start(:gen_statem, :link, mod, args, opts)
  def start_link(name, mod, args, opts), do: :gen.start(:gen_statem, :link, name, mod, args, opts)
  def start_monitor(mod, args, opts), do: :gen.start(:gen_statem, :monitor, mod, args, opts)

  def start_monitor(name, mod, args, opts),
    do: :gen.start(:gen_statem, :monitor, name, mod, args, opts)

  def stop(server), do: :gen.stop(server)
  def stop(server, reason, timeout), do: :gen.stop(server, reason, timeout)

  def cast(server, event), do: :gen_server.cast(server, event)

  def call(server, request), do: call(server, request, :infinity)

  def call(server, request, timeout) do
    time =
      case timeout do
        {kind, time} when kind in [:clean_timeout, :dirty_timeout] -> time
        time -> time
      end

    {:ok, reply} = :gen.call(server, :"$gen_call", request, time)
    reply
  catch
    :exit, reason -> exit({reason, {:gen_statem, :call, [server, request, timeout]}})
  end

  def send_request(server, request), do: :gen.send_request(server, :"$gen_call", request)

  def send_request(server, request, tag, ids),
    do: :gen.send_request(server, :"$gen_call", request, tag, ids)

  def wait_response(ref), do: wait_response(ref, :infinity)
  def receive_response(ref), do: receive_response(ref, :infinity)

  def reply(replies) when is_list(replies), do: Enum.each(replies, &reply/1)
  def reply({:reply, from, reply}), do: reply(from, reply)
  def reply(from, reply), do: :gen.reply(from, reply)

  # -- start ------------------------------------------------------------------------------

  def enter_loop(mod, opts, state, data), do: enter_loop(mod, opts, state, data, self(), [])

  def enter_loop(mod, opts, state, data, actions) when is_list(actions),
    do: enter_loop(mod, opts, state, data, self(), actions)

  def enter_loop(mod, opts, state, data, server),
    do: enter_loop(mod, opts, state, data, server, [])

  def enter_loop(mod, opts, state, data, server, actions) do
    machine = machine(:gen.get_parent(), :gen.get_proc_name(server), mod, opts)
    begin(machine, mod, state, data, actions)
  end

  def init_it(starter, parent, given_name, mod, args, opts) do
    case run_init(mod, args) do
      {:ok, {:ok, state, data}} -> started(starter, parent, given_name, mod, opts, state, data, [])
      {:ok, {:ok, state, data, actions}} -> started(starter, parent, given_name, mod, opts, state, data, actions)
      {:ok, {:stop, reason}} -> refuse(starter, given_name, {:error, reason}, :exit, reason, [])
      {:ok, :ignore} -> refuse(starter, given_name, :ignore, :exit, :normal, [])
      {:ok, other} -> bad_init(starter, given_name, other)
      {:failed, class, reason, trace} -> refuse(starter, given_name, {:error, reason}, class, reason, trace)
    end
  end

  defp run_init(mod, args) do
    {:ok, mod.init(args)}
  catch
    :throw, value -> {:ok, value}
    class, reason -> {:failed, class, reason, __STACKTRACE__}
  end

  defp bad_init(starter, name, other) do
    reason = {:bad_return_from_init, other}
    refuse(starter, name, {:error, reason}, :exit, reason, [])
  end

  defp refuse(starter, name, answer, class, reason, trace) do
    :gen.unregister_name(name)
    :proc_lib.init_ack(starter, answer)
    :erlang.raise(class, reason, trace)
  end

  defp started(starter, parent, given_name, mod, opts, state, data, actions) do
    machine = machine(parent, :gen.name(given_name), mod, opts)
    :proc_lib.init_ack(starter, {:ok, self()})
    begin(machine, mod, state, data, actions)
  end

  defp machine(parent, name, mod, opts) do
    set_mode(
      %{
        parent: parent,
        name: name,
        modules: [mod],
        mode: nil,
        enter?: false,
        state: nil,
        data: nil,
        event: nil,
        queue: [],
        postponed: [],
        due: [],
        timers: %{},
        hibernate: false,
        idle: :gen.hibernate_after(opts),
        debug: :gen.debug_options(name, opts)
      },
      mod
    )
  end

  defp set_mode(machine, mod) do
    result = mod.callback_mode()
    modes = List.wrap(result)

    case modes -- [:state_enter] do
      [mode] when mode in [:state_functions, :handle_event_function] -> %{machine | mode: mode, enter?: :state_enter in modes}
      _ -> :erlang.error({:bad_return_from_callback_mode, result})
    end
  end

  defp begin(machine, mod, state, data, actions) do
    machine = debug(%{machine | state: state, data: data}, {:enter, mod, state})
    acts = %{no_actions({:internal, :init_state}, state, state) | call: :init}

    run(machine, fn ->
      {machine, acts} = acted({machine, acts}, actions)
      entered({machine, %{acts | postpone: false}}, state)
    end)
  end

  # -- the loop ---------------------------------------------------------------------------

  defp loop(%{queue: [event | queue]} = machine), do: handle(%{machine | queue: queue}, event)
  defp loop(%{due: [event | due]} = machine), do: received(%{machine | due: due}, event)

  defp loop(%{hibernate: true} = machine),
    do: :proc_lib.hibernate(:gen_statem, :wake, [%{machine | hibernate: false}])

  defp loop(%{parent: parent, idle: idle} = machine) do
    receive do
      {:"$gen_call", from, request} ->
        received(machine, {{:call, from}, request})

      {:"$gen_cast", event} ->
        received(machine, {:cast, event})

      {:system, from, request} ->
        :sys.handle_system_msg(request, from, parent, :gen_statem, machine.debug, machine)

      {:EXIT, ^parent, reason} ->
        terminate(machine, :exit, reason, [])

      {:timeout, ref, key} = msg ->
        timed_out(machine, ref, key, msg)

      msg ->
        received(machine, {:info, msg})
    after
      idle -> :proc_lib.hibernate(:gen_statem, :wake, [machine])
    end
  end

  @doc false
  def wake(machine), do: loop(machine)

  defp timed_out(machine, ref, key, msg) do
    case machine.timers do
      %{^key => {^ref, content}} ->
        received(%{machine | timers: Map.delete(machine.timers, key)}, {key, content})

      _ ->
        received(machine, {:info, msg})
    end
  end

  defp received(%{debug: []} = machine, event), do: handle(machine, event)
  defp received(machine, event), do: handle(debug(machine, {:in, event, machine.state}), event)

  # Any event cancels the event time-out; that one's own has ended it.
  defp handle(machine, {type, content} = event) do
    machine = %{cancel(machine, :timeout) | event: event}
    run(machine, fn -> step(machine, callback(machine, type, content), event) end)
  end

  # The loop goes on outside of the try.
  defp run(machine, step) do
    case attempt(machine, step) do
      {:stop, machine, class, reason, trace} -> terminate(machine, class, reason, trace)
      machine -> loop(machine)
    end
  end

  defp attempt(machine, step) do
    step.()
  catch
    :throw, {:"$stop", machine, reason} -> {:stop, machine, :exit, reason, []}
    class, reason -> {:stop, machine, class, reason, __STACKTRACE__}
  end

  defp callback(%{modules: [mod | _], mode: mode, state: state, data: data}, type, content) do
    case mode do
      :handle_event_function -> mod.handle_event(type, content, state, data)
      :state_functions -> apply(mod, state, [type, content, data])
    end
  catch
    :throw, value -> value
  end

  # -- transitions ------------------------------------------------------------------------

  defp step(%{state: old} = machine, result, event) do
    {kind, state, data, actions} = result(machine, result)
    {machine, acts} = acted({%{machine | data: data}, no_actions(event, old, state)}, actions)

    cond do
      state != old -> entered({cancel(%{machine | state: state}, :state_timeout), acts}, old)
      kind == :repeat -> entered({machine, acts}, old)
      true -> settle({machine, acts})
    end
  end

  # The state enter call, whose own actions are added to those of the event.
  defp entered({%{enter?: false} = machine, acts}, _old), do: settle({machine, acts})

  defp entered({machine, acts}, old) do
    case result(machine, callback(machine, :enter, old)) do
      {kind, state, data, actions} when kind != :next or state == machine.state ->
        {machine, acts} = acted({%{machine | data: data}, %{acts | call: :enter}}, actions)
        if kind == :repeat, do: entered({machine, acts}, old), else: settle({machine, acts})

      {:next, state, _, _} ->
        :erlang.error({:bad_state_enter_return_from_state_function, {:next_state, state}})
    end
  end

  # What all calls of a transition asked for takes effect.
  defp settle({machine, acts}) do
    machine = debug(machine, {if(acts.postpone, do: :postpone, else: :consume), acts.event, acts.from, machine.state})
    machine = queued(machine, acts, if(acts.postpone, do: [acts.event | machine.postponed], else: machine.postponed))
    {zero, machine} = Enum.reduce(Enum.uniq_by(acts.timeouts, &elem(&1, 0)), {[], machine}, &timeout/2)
    machine = Enum.reduce(zero, machine, &due/2)
    %{machine | hibernate: acts.hibernate}
  end

  defp queued(machine, %{from: state, to: state, next: next}, postponed), do: %{machine | queue: next ++ machine.queue, postponed: postponed}
  defp queued(machine, %{next: next}, postponed), do: %{machine | queue: next ++ Enum.reverse(postponed, machine.queue), postponed: []}

  defp result(%{state: state, data: old} = machine, result) do
    case result do
      {:next_state, next, data} -> {:next, next, data, []}
      {:next_state, next, data, actions} -> {:next, next, data, actions}
      {:keep_state, data} -> {:keep, state, data, []}
      {:keep_state, data, actions} -> {:keep, state, data, actions}
      :keep_state_and_data -> {:keep, state, old, []}
      {:keep_state_and_data, actions} -> {:keep, state, old, actions}
      {:repeat_state, data} -> {:repeat, state, data, []}
      {:repeat_state, data, actions} -> {:repeat, state, data, actions}
      :repeat_state_and_data -> {:repeat, state, old, []}
      {:repeat_state_and_data, actions} -> {:repeat, state, old, actions}
      :stop -> throw({:"$stop", machine, :normal})
      {:stop, reason} -> throw({:"$stop", machine, reason})
      {:stop, reason, data} -> throw({:"$stop", %{machine | data: data}, reason})
      {:stop_and_reply, reason, replies} -> stop_and_reply(machine, reason, replies)
      {:stop_and_reply, reason, replies, data} -> stop_and_reply(%{machine | data: data}, reason, replies)
      other -> :erlang.error({:bad_return_from_state_function, other})
    end
  end

  defp stop_and_reply(machine, reason, replies) do
    machine =
      Enum.reduce(List.wrap(replies), machine, fn
        {:reply, {pid, _} = from, reply}, machine when is_pid(pid) -> replied(machine, from, reply)
        other, _ -> :erlang.error({:bad_reply_action_from_state_function, other})
      end)

    throw({:"$stop", machine, reason})
  end

  defp replied(machine, from, reply) do
    :gen.reply(from, reply)
    debug(machine, {:out, reply, from})
  end

  # -- actions ----------------------------------------------------------------------------

  # What a callback asked for, after which event, on the way from which state to which; `call` is what returned the actions.
  defp no_actions(event, from, to),
    do: %{postpone: false, next: [], timeouts: [], hibernate: false, event: event, from: from, to: to, call: :event}

  defp acted(given, actions) when is_list(actions), do: Enum.reduce(actions, given, &action/2)
  defp acted(given, action), do: action(action, given)

  defp action(action, {_, acts} = given) do
    (not barred?(action, acts.call) && perform(action, given)) || bad_action(action, acts.call)
  end

  defp bad_action(action, :enter), do: :erlang.error({:bad_state_enter_action_from_state_function, action})
  defp bad_action(action, _), do: :erlang.error({:bad_action_from_state_function, action})

  # A state enter call has no event to postpone and inserts none; other modules come with events only.
  defp barred?(:postpone, call), do: call == :enter
  defp barred?({:postpone, true}, call), do: call == :enter
  defp barred?({:next_event, _, _}, call), do: call == :enter
  defp barred?({:change_callback_module, _}, call), do: call != :event
  defp barred?({:push_callback_module, _}, call), do: call != :event
  defp barred?(:pop_callback_module, call), do: call != :event
  defp barred?(_, _), do: false

  # nil if it is none.
  defp perform({:reply, {pid, _} = from, reply}, {m, acts}) when is_pid(pid), do: {replied(m, from, reply), acts}
  defp perform(:postpone, {m, acts}), do: {m, %{acts | postpone: true}}
  defp perform({:postpone, flag}, {m, acts}) when is_boolean(flag), do: {m, %{acts | postpone: flag}}
  defp perform(:hibernate, {m, acts}), do: {m, %{acts | hibernate: true}}
  defp perform({:hibernate, flag}, {m, acts}) when is_boolean(flag), do: {m, %{acts | hibernate: flag}}

  defp perform({:next_event, type, content}, {m, acts}) do
    if event_type?(type) do
      event = {type, content}
      {debug(m, {:in, event, acts.to}), %{acts | next: acts.next ++ [event]}}
    end
  end

  defp perform({:change_callback_module, mod}, {m, acts}) when is_atom(mod), do: moved(m, [mod | tl(m.modules)], acts)
  defp perform({:push_callback_module, mod}, {m, acts}) when is_atom(mod), do: moved(m, [mod | m.modules], acts)
  defp perform(:pop_callback_module, {%{modules: [_ | [_ | _] = modules]} = m, acts}), do: moved(m, modules, acts)
  defp perform(time, given) when is_integer(time) or time == :infinity, do: timer(:timeout, time, time, [], given)
  defp perform({key, :cancel}, given), do: timer(key, :cancel, nil, [], given)
  defp perform({key, time, content}, given), do: timer(key, time, content, [], given)
  defp perform({key, time, content, opts}, given), do: timer(key, time, content, List.wrap(opts), given)
  defp perform(_, _), do: nil

  defp event_type?({:call, {pid, _}}) when is_pid(pid), do: true
  defp event_type?(type), do: type in [:cast, :info, :internal] or timer?(type)

  defp timer?({:timeout, _}), do: true
  defp timer?(key), do: key in [:timeout, :state_timeout]

  defp moved(machine, [mod | _] = modules, acts),
    do: {debug(set_mode(%{machine | modules: modules}, mod), {:module, mod, acts.to}), acts}

  defp timer(key, time, content, opts, {m, acts}) do
    if timer?(key) and time?(time, opts), do: {m, %{acts | timeouts: [{key, time, content, opts} | acts.timeouts]}}
  end

  defp time?(time, opts) when is_integer(time) do
    Enum.all?(opts, &match?({:abs, abs} when is_boolean(abs), &1)) and (time >= 0 or {:abs, true} in opts)
  end

  defp time?(time, _opts), do: time in [:infinity, :cancel, :update]

  # The last of a name counts, and the last is begun first; those of zero are kept apart, in their order.
  defp timeout({key, :update, content, _} = timer, {zero, machine}) do
    cond do
      is_map_key(machine.timers, key) ->
        {zero, put_in(machine.timers[key], put_elem(machine.timers[key], 1, content))}

      :lists.keymember(key, 1, machine.due) ->
        {zero, %{machine | due: :lists.keyreplace(key, 1, machine.due, {key, content})}}

      true ->
        {[timer | zero], machine}
    end
  end

  defp timeout({key, time, _, _}, {zero, machine}) when time in [:infinity, :cancel], do: {zero, cancel(machine, key)}
  defp timeout({_, 0, _, []} = timer, {zero, machine}), do: {[timer | zero], debug(machine, {:start_timer, timer, machine.state})}

  defp timeout({key, time, content, opts} = timer, {zero, machine}) do
    machine = machine |> cancel(key) |> debug({:start_timer, timer, machine.state})
    ref = :erlang.start_timer(time, self(), key, opts)
    {zero, %{machine | timers: Map.put(machine.timers, key, {ref, content})}}
  end

  # A time-out that need not be waited for.
  defp due({key, _, content, _}, machine) do
    machine = cancel(machine, key)
    %{machine | due: machine.due ++ [{key, content}]}
  end

  defp cancel(%{timers: timers} = machine, key) when is_map_key(timers, key) do
    {ref, _} = Map.fetch!(timers, key)
    :erlang.cancel_timer(ref)

    receive do
      {:timeout, ^ref, _} -> :ok
    after
      0 -> :ok
    end

    %{machine | timers: Map.delete(timers, key)}
  end

  defp cancel(%{due: []} = machine, _key), do: machine
  defp cancel(machine, key), do: %{machine | due: :lists.keydelete(key, 1, machine.due)}

  # -- system messages --------------------------------------------------------------------

  def system_continue(_parent, debug, machine), do: loop(%{machine | debug: debug})

  def system_terminate(reason, _parent, debug, machine),
    do: terminate(%{machine | debug: debug}, :exit, reason, [])

  def system_code_change(%{modules: [mod | _]} = machine, _module, old, extra) do
    case mod.code_change(old, machine.state, machine.data, extra) do
      {:ok, state, data} -> {:ok, set_mode(%{machine | state: state, data: data}, mod)}
      other -> other
    end
  end

  def system_get_state(%{state: state, data: data}), do: {:ok, {state, data}}

  def system_replace_state(fun, %{state: state, data: data} = machine) do
    {state, data} = new = fun.({state, data})
    {:ok, new, %{machine | state: state, data: data}}
  end

  def format_status(opt, [pdict, sys_state, parent, debug, machine]) do
    %{name: name, modules: [mod | _] = modules, timers: timers} = machine
    current = {machine.state, machine.data}
    given = %{state: machine.state, data: machine.data}

    shown =
      case :gen.format_status(mod, opt, given, [pdict, machine.state, machine.data]) do
        %{:"$status" => own} when is_list(own) -> own
        %{:"$status" => own} -> [own]
        %{state: state, data: data} -> [data: [{~c"State", {state, data}}]]
        _ -> [data: [{~c"State", current}]]
      end

    [
      {:header, :gen.format_status_header(~c"Status for state machine", name)},
      {:data,
       [
         {~c"Status", sys_state},
         {~c"Parent", parent},
         {~c"Modules", modules},
         {~c"Time-outs", {map_size(timers), for({key, {_, content}} <- timers, do: {key, content})}},
         {~c"Logged Events", :sys.get_log(debug)},
         {~c"Postponed", machine.postponed}
       ]}
      | shown
    ]
  end

  defp debug(%{debug: []} = machine, _event), do: machine

  defp debug(%{debug: debug, name: name} = machine, event),
    do: %{machine | debug: :sys.handle_debug(debug, &print_event/3, name, event)}

  defp print_event(device, event, name) do
    {format, args} = event_text(event)
    :io.format(device, ~c"*DBG* ~tp " ++ format ++ ~c"~n", [name | args])
  end

  defp event_text({:out, reply, {to, _tag}}), do: {~c"send ~tp to ~tp", [reply, to]}
  defp event_text({:in, event, state}), do: {~c"receive ~ts in state ~tp", [event_text(event), state]}
  defp event_text({:start_timer, timer, state}), do: {~c"start_timer ~tp in state ~tp", [timer, state]}
  defp event_text({kind, what, state}) when kind in [:enter, :module, :terminate], do: {~c"~tp ~tp in state ~tp", [kind, what, state]}

  defp event_text({kind, event, state, state}) when kind in [:consume, :postpone],
    do: {~c"~tp ~ts in state ~tp", [kind, event_text(event), state]}

  defp event_text({kind, event, state, next}) when kind in [:consume, :postpone],
    do: {~c"~tp ~ts in state ~tp => ~tp", [kind, event_text(event), state, next]}

  defp event_text({{:call, {from, _tag}}, request}), do: :io_lib.format(~c"call ~tp from ~tp", [request, from])
  defp event_text({type, content}), do: :io_lib.format(~c"~tp ~tp", [type, content])
  defp event_text(event), do: {~c"~tp", [event]}

  # -- the end ----------------------------------------------------------------------------

  defp terminate(%{modules: [mod | _]} = machine, class, reason, trace) do
    if function_exported?(mod, :terminate, 3) do
      try do
        mod.terminate(reason, machine.state, machine.data)
      catch
        :throw, _ ->
          :ok

        class, reason ->
          report(machine, class, reason, __STACKTRACE__)
          :erlang.raise(class, reason, __STACKTRACE__)
      end
    end

    if expected?(class, reason),
      do: debug(machine, {:terminate, reason, machine.state}),
      else: report(machine, class, reason, trace)

    case trace do
      [] -> :erlang.apply(:erlang, class, [reason])
      _ -> :erlang.raise(class, reason, trace)
    end
  end

  defp expected?(:exit, :normal), do: true
  defp expected?(:exit, :shutdown), do: true
  defp expected?(:exit, {:shutdown, _}), do: true
  defp expected?(_, _), do: false

  defp report(machine, class, reason, trace) do
    :logger.error(
      %{
        label: {:gen_statem, :terminate},
        name: machine.name,
        queue: List.wrap(machine.event) ++ machine.queue,
        postponed: machine.postponed,
        modules: machine.modules,
        callback_mode: machine.mode,
        state_enter: machine.enter?,
        state: {machine.state, machine.data},
        timeouts: {map_size(machine.timers), for({key, {_, content}} <- machine.timers, do: {key, content})},
        log: :sys.get_log(machine.debug),
        reason: {class, reason, trace},
        client_info: with({{:call, from}, _} <- machine.event, do: :gen.client_info(from), else: (_ -> :undefined))
      },
      %{domain: [:otp], report_cb: &:gen_statem.format_log/2, error_logger: %{tag: :error, report_cb: &:gen_statem.format_log/1}}
    )
  end

  def format_log(report), do: {~c"~ts", [:phial_report_text.format(report, %{single_line: false})]}
  def format_log(report, config), do: :phial_report_text.format(report, config)
end
