{:ok, _} = Registry.start_link(keys: :unique, name: R)
via = {:via, Registry, {R, "agent"}}
{:ok, pid} = Agent.start_link(fn -> 3 end, name: via)
IO.inspect(Agent.get(via, & &1)) # => 3
IO.inspect(GenServer.whereis(via) == pid) # => true
IO.inspect(Registry.lookup(R, "agent") == [{pid, nil}]) # => true
IO.inspect(match?({:error, {:already_started, ^pid}}, Agent.start_link(fn -> 4 end, name: via))) # => true
Agent.stop(via)
Process.sleep(20)
IO.inspect(Registry.lookup(R, "agent")) # => []
# flags: --virtual-time
