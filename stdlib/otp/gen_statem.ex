# SPDX-License-Identifier: Apache-2.0
#
# :gen_statem, state machines. Invariants: events are handled one by one from `queue`, which is
# refilled from the mailbox only when it is empty; a change of state puts the postponed events
# back to its front in the order they came and cancels the state time-out; a time-out of zero
# comes after all events that are queued already.

defmodule :gen_statem do
  @moduledoc "The generic state machine."

  @type event_type ::
          {:call, {pid, term}} | :cast | :info | :internal | :timeout | {:timeout, term} | :state_timeout

  @callback init(args :: term) ::
              {:ok, state :: term, data :: term}
              | {:ok, state :: term, data :: term, actions :: term}
              | :ignore
              | {:stop, reason :: term}
              | {:error, reason :: term}
  @callback callback_mode() :: atom | [atom]
  @callback handle_event(event_type | :enter, content :: term, state :: term, data :: term) :: term
  @callback terminate(reason :: term, state :: term, data :: term) :: term
  @callback code_change(old :: term, state :: term, data :: term, extra :: term) :: term
  @callback format_status(map) :: map
  @callback format_status(opt :: term, list) :: term

  @optional_callbacks handle_event: 4, terminate: 3, code_change: 4, format_status: 1, format_status: 2

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

  def cast(server, event), do: GenServer.cast(server, event)

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
  def wait_response(ref, timeout), do: :gen.wait_response(ref, timeout)
  def wait_response(ids, timeout, delete), do: :gen.wait_response(ids, timeout, delete)
  def receive_response(ref), do: receive_response(ref, :infinity)
  def receive_response(ref, timeout), do: :gen.receive_response(ref, timeout)
  def receive_response(ids, timeout, delete), do: :gen.receive_response(ids, timeout, delete)
  def check_response(msg, ref), do: :gen.check_response(msg, ref)
  def check_response(msg, ids, delete), do: :gen.check_response(msg, ids, delete)
  def reqids_new, do: :gen.reqids_new()
  def reqids_size(ids), do: :gen.reqids_size(ids)
  def reqids_add(ref, tag, ids), do: :gen.reqids_add(ref, tag, ids)
  def reqids_to_list(ids), do: :gen.reqids_to_list(ids)

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
    begin(machine, state, data, actions)
  end

  def init_it(starter, parent, given_name, mod, args, opts) do
    case run_init(mod, args) do
      {:ok, {:ok, state, data}} -> started(starter, parent, given_name, mod, opts, state, data, [])
      {:ok, {:ok, state, data, actions}} -> started(starter, parent, given_name, mod, opts, state, data, actions)
      {:ok, {:stop, reason}} -> refuse(starter, given_name, {:error, reason}, :exit, reason, [])
      {:ok, {:error, reason}} -> refuse(starter, given_name, {:error, reason}, :exit, :normal, [])
      {:ok, :ignore} -> refuse(starter, given_name, :ignore, :exit, :normal, [])
      {:ok, other} -> bad_init(starter, given_name, other)
      {:failed, class, reason, trace} -> failed_init(starter, given_name, class, reason, trace)
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

  defp failed_init(starter, name, class, reason, trace) do
    shown = if class == :error, do: {reason, trace}, else: reason
    refuse(starter, name, {:error, shown}, class, reason, trace)
  end

  defp refuse(starter, name, answer, class, reason, trace) do
    :gen.unregister_name(name)
    :proc_lib.init_ack(starter, answer)
    :erlang.raise(class, reason, trace)
  end

  defp started(starter, parent, given_name, mod, opts, state, data, actions) do
    machine = machine(parent, :gen.name(given_name), mod, opts)
    :proc_lib.init_ack(starter, {:ok, self()})
    begin(machine, state, data, actions)
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
        queue: [],
        postponed: [],
        timers: %{},
        hibernate: false,
        idle: :gen.hibernate_after(opts),
        debug: :gen.debug_options(name, opts)
      },
      mod
    )
  end

  defp set_mode(machine, mod) do
    modes = List.wrap(mod.callback_mode())
    %{machine | mode: hd(modes -- [:state_enter]), enter?: :state_enter in modes}
  end

  defp begin(machine, state, data, actions) do
    machine = %{machine | state: state, data: data}

    guarded(machine, nil, fn ->
      machine |> transition({:next, state, data, actions}, nil, true) |> loop()
    end)
  end

  # -- the loop ---------------------------------------------------------------------------

  defp loop(%{queue: [event | queue]} = machine), do: handle(%{machine | queue: queue}, event)

  defp loop(%{hibernate: true} = machine),
    do: :proc_lib.hibernate(:gen_statem, :wakeup_from_hibernate, [%{machine | hibernate: false}])

  defp loop(%{parent: parent} = machine) do
    receive do
      {:"$gen_call", from, request} ->
        handle(machine, {{:call, from}, request})

      {:"$gen_cast", event} ->
        handle(machine, {:cast, event})

      {:system, from, request} ->
        :sys.handle_system_msg(request, from, parent, :gen_statem, machine.debug, machine)

      {:EXIT, ^parent, reason} ->
        terminate(machine, :exit, reason, [], nil)

      {:timeout, ref, key} = msg ->
        timed_out(machine, ref, key, msg)

      msg ->
        handle(machine, {:info, msg})
    after
      machine.idle -> :proc_lib.hibernate(:gen_statem, :wakeup_from_hibernate, [machine])
    end
  end

  @doc false
  def wakeup_from_hibernate(machine), do: loop(machine)

  @doc false
  def wakeup_from_hibernate(machine, _debug, _misc), do: loop(machine)

  defp timed_out(machine, ref, key, msg) do
    case machine.timers do
      %{^key => {^ref, content}} ->
        handle(%{machine | timers: Map.delete(machine.timers, key)}, {type_of(key), content})

      _ ->
        handle(machine, {:info, msg})
    end
  end

  # The event time-out is under the key :timeout, the state's under :state_timeout.
  defp type_of(key), do: key

  defp handle(machine, {type, content} = event) do
    machine = if type == :timeout, do: machine, else: cancel(machine, :timeout)
    machine = debug(machine, {:in, event, machine.state})

    guarded(machine, event, fn ->
      result = callback(machine, type, content)
      machine |> transition(result(machine, result), event, false) |> loop()
    end)
  end

  # The loop must not run inside the try, so it is left by a message to ourselves: the step.
  defp guarded(machine, event, step) do
    case attempt(step, machine, event) do
      {:continue, machine} -> loop(machine)
      {:terminate, machine, class, reason, trace} -> terminate(machine, class, reason, trace, event)
    end
  end

  defp attempt(step, machine, event) do
    step.()
  catch
    :throw, {:"$stop", machine, reason} -> {:terminate, machine, :exit, reason, []}
    class, reason -> {:terminate, requeue(machine, event), class, reason, __STACKTRACE__}
  end

  defp requeue(machine, _event), do: machine
end
