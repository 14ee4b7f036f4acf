# In which order a state machine has its events: postponed ones, inserted ones, time-outs that run, are due, are replaced or cancelled.
# flags: --virtual-time
defmodule Machine do
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(test), do: {:ok, :s, test}
  def handle_event(:enter, old, state, test), do: (send(test, {:enter, old, state}); :keep_state_and_data)

  def handle_event(type, {n, result}, state, test) do
    send(test, {type, n, state})
    result = if is_function(result), do: result.(state), else: result
    with {:go, next, actions} <- result, do: {:next_state, next, test, actions}
  end

  def handle_event(type, content, state, test), do: (send(test, {type, content, state}); :keep_state_and_data)
end

run = fn events ->
  {:ok, pid} = :gen_statem.start(Machine, self(), [])
  :sys.suspend(pid)
  for {result, n} <- Enum.with_index(events, 1), do: :gen_statem.cast(pid, {n, result})
  :sys.resume(pid)
  Process.sleep(150)
  :gen_statem.stop(pid)
  {:messages, [_ | seen]} = Process.info(self(), :messages)
  for _ <- [1 | seen], do: (receive do _ -> :ok end)
  IO.puts(Enum.map_join(seen, " ", fn {type, what, state} -> "#{inspect(type)}:#{inspect(what)}@#{state}" end))
end

keep = :keep_state_and_data
in_s = fn actions -> fn state -> if state == :s, do: {:keep_state_and_data, actions}, else: keep end end

# A change of state retries what was postponed, after what it inserts; repeating the state does not, nor does it end the time-out.
run.([in_s.(:postpone), {:go, :t, {:next_event, :internal, :new}}, keep]) # => :cast:1@s :cast:2@s :enter::s@t :internal::new@t :cast:1@t :cast:3@t
run.([in_s.(:postpone), :repeat_state_and_data, keep]) # => :cast:1@s :cast:2@s :enter::s@s :cast:3@s
run.([in_s.(:postpone), {:go, :s, []}, keep]) # => :cast:1@s :cast:2@s :cast:3@s
run.([in_s.({:state_timeout, 5, :over}), :repeat_state_and_data]) # => :cast:1@s :cast:2@s :enter::s@s :state_timeout::over@s
run.([in_s.({:state_timeout, 5, :over}), {:go, :t, []}]) # => :cast:1@s :cast:2@s :enter::s@t
run.([in_s.({:state_timeout, 5, :over}), {:go, :t, {:state_timeout, 6, :new}}]) # => :cast:1@s :cast:2@s :enter::s@t :state_timeout::new@t

# A time-out of zero comes before what has not been received, after what is queued; any event ends an event time-out.
run.([in_s.({:state_timeout, 0, :now}), keep]) # => :cast:1@s :state_timeout::now@s :cast:2@s
run.([in_s.([{:timeout, 0, :quiet}, {:next_event, :internal, :new}])]) # => :cast:1@s :internal::new@s
run.([in_s.([{:state_timeout, 0, :s0}, {{:timeout, :a}, 0, :a0}, {:next_event, :internal, :new}])]) # => :cast:1@s :internal::new@s :state_timeout::s0@s {:timeout, :a}::a0@s
run.([in_s.([{:state_timeout, 0, :s0}, {:next_event, :internal, {2, {:go, :t, []}}}])]) # => :cast:1@s :internal:2@s :enter::s@t

# Of one name the last counts; an update of none is due at once; what is inserted as a time-out is none.
run.([in_s.([{{:timeout, :a}, 5, :first}, {{:timeout, :a}, 6, :second}])]) # => :cast:1@s {:timeout, :a}::second@s
run.([in_s.([{{:timeout, :a}, 5, :first}, {{:timeout, :a}, :cancel}])]) # => :cast:1@s
run.([in_s.([{{:timeout, :a}, 5, :first}, {{:timeout, :a}, :update, :second}]), keep]) # => :cast:1@s {:timeout, :a}::second@s :cast:2@s
run.([in_s.({{:timeout, :a}, 5, :first}), in_s.({{:timeout, :a}, :update, :second})]) # => :cast:1@s :cast:2@s {:timeout, :a}::second@s
run.([in_s.([{:next_event, :state_timeout, :fake}, {:state_timeout, 5, :real}])]) # => :cast:1@s :state_timeout::fake@s :state_timeout::real@s
run.([in_s.([{:next_event, {:timeout, :a}, :fake}, {{:timeout, :a}, 5, :real}])]) # => :cast:1@s {:timeout, :a}::fake@s {:timeout, :a}::real@s
