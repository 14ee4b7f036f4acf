# What :sys tells of a state machine, as text and as events.
# flags: --virtual-time
defmodule Machine do
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(actions), do: {:ok, :s0, 1, actions}
  def handle_event(:enter, _, _, _), do: :keep_state_and_data
  def handle_event({:call, from}, request, _, _), do: {:keep_state_and_data, {:reply, from, request}}
  def handle_event(_, {:return, result}, _, _), do: result
  def handle_event(_, _, _, _), do: :keep_state_and_data
end

{:ok, pid} = :gen_statem.start({:local, :m}, Machine, {:next_event, :internal, :first}, debug: [:trace, {:log, 3}])
# => *DBG* m enter 'Elixir.Machine' in state s0
# => *DBG* m receive internal first in state s0
# => *DBG* m consume internal init_state in state s0
# => *DBG* m consume internal first in state s0
cast = fn result -> :gen_statem.cast(pid, {:return, result}); :sys.get_state(pid) end

cast.({:next_state, :s1, 2, {:next_event, :info, :inner}})
# => *DBG* m receive cast {return,{next_state,s1,2,{next_event,info,inner}}} in state s0
# => *DBG* m receive info inner in state s1
# => *DBG* m consume cast {return,{next_state,s1,2,{next_event,info,inner}}} in state s0 => s1
# => *DBG* m consume info inner in state s1
cast.({:keep_state_and_data, [{:state_timeout, 0, :now}, :hibernate]})
# => *DBG* m receive cast {return,{keep_state_and_data,[{state_timeout,0,now},hibernate]}} in state s1
# => *DBG* m consume cast {return,{keep_state_and_data,[{state_timeout,0,now},hibernate]}} in state s1
# => *DBG* m start_timer {state_timeout,0,now,[]} in state s1
# => *DBG* m receive state_timeout now in state s1
# => *DBG* m consume state_timeout now in state s1
cast.({:keep_state_and_data, :postpone})
# => *DBG* m receive cast {return,{keep_state_and_data,postpone}} in state s1
# => *DBG* m postpone cast {return,{keep_state_and_data,postpone}} in state s1
{:ok, events} = :sys.log(pid, :get)
IO.inspect(Enum.map(events, &elem(&1, 0))) # => [:consume, :in, :postpone]
:gen_statem.cast(pid, {:return, {:stop, :normal}})
# => *DBG* m receive cast {return,{stop,normal}} in state s1
# => *DBG* m terminate normal in state s1
Process.sleep(150)
