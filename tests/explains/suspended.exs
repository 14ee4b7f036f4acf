# A callee that :sys.suspend stopped is told as such; a call whose server is found by its own messages (a name in a registry) has its place.
# differs: Elixir does not explain
# flags: --virtual-time
# exit: 1
{:ok, _} = Registry.start_link(keys: :unique, name: Reg)
{:ok, p} = Agent.start_link(fn -> 1 end, name: {:via, Registry, {Reg, 1}})
:sys.suspend(p)
spawn(fn -> GenServer.call({:via, Registry, {Reg, 1}}, :x, :infinity) end)
:logger.set_primary_config(:level, :none)
# stderr: is suspended by :sys.suspend; it took its last message
# stderr:    its queue: 2 messages; this request is number 
Task.start(fn -> Agent.get(p, & &1, 50) end)
Process.sleep(100)
receive do :never -> 1 end
# stderr: is suspended by :sys.suspend; 2 messages in its mailbox, none that it waits for
# stderr: waits for a reply of #PID<> (a fn of the script), called in anonymous fn/0 in the script's own code (
