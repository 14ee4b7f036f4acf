# What a state machine's callbacks may not ask for ends it, with the action named.
# flags: --virtual-time
defmodule Machine do
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(on_enter), do: {:ok, :s, on_enter}
  def handle_event(:enter, _, _, on_enter), do: {:keep_state_and_data, on_enter}
  def handle_event(:cast, actions, _, _), do: {:keep_state_and_data, actions}
  def handle_event(_, _, _, _), do: :keep_state_and_data
end

run = fn actions ->
  {:ok, pid} = :gen_statem.start(Machine, [], [])
  ref = Process.monitor(pid)
  :gen_statem.cast(pid, actions)

  receive do
    {:DOWN, ^ref, _, _, {reason, _}} -> reason
  after
    20 -> :alive
  end
end

IO.inspect(run.({:next_event, :wrong, 1})) # => {:bad_action_from_state_function, {:next_event, :wrong, 1}}
IO.inspect(run.({:next_event, {:call, 1}, 1})) # => {:bad_action_from_state_function, {:next_event, {:call, 1}, 1}}
IO.inspect(run.({:reply, :nobody, 1})) # => {:bad_action_from_state_function, {:reply, :nobody, 1}}
IO.inspect(run.({:state_timeout, -1, 1})) # => {:bad_action_from_state_function, {:state_timeout, -1, 1}}
IO.inspect(run.({:state_timeout, -1, 1, abs: true})) # => :alive
IO.inspect(run.({:state_timeout, 1, 1, [:wrong]})) # => {:bad_action_from_state_function, {:state_timeout, 1, 1, [:wrong]}}
IO.inspect(run.({:wrong, :cancel})) # => {:bad_action_from_state_function, {:wrong, :cancel}}
IO.inspect(run.(:pop_callback_module)) # => {:bad_action_from_state_function, :pop_callback_module}
IO.inspect(run.(-1)) # => {:bad_action_from_state_function, -1}
IO.inspect(run.([{:next_event, :internal, 1}, {{:timeout, :x}, :cancel}, :hibernate])) # => :alive

# A state enter call has no event to postpone.
{:ok, pid} = :gen_statem.start(Machine, {:postpone, false}, [])
IO.inspect(Process.alive?(pid)) # => true
{:ok, pid} = :gen_statem.start(Machine, :postpone, [])
Process.sleep(100)
IO.inspect(Process.alive?(pid)) # => false
