# Until the registry hears of a death the key is found by lookup, but not as a name; Registry.send/2 sends what was looked up.
{:ok, _} = Registry.start_link(keys: :unique, name: R)
{:ok, pid} = Agent.start(fn -> Registry.register(R, :key, 1) end)
[{_, partition, _, _}] = Supervisor.which_children(R)
:sys.suspend(partition)
Agent.stop(pid)
IO.inspect(Registry.lookup(R, :key) == [{pid, 1}]) # => true
IO.inspect(Registry.whereis_name({R, :key})) # => :undefined
:sys.resume(partition)
:sys.get_state(partition)
IO.inspect(Registry.lookup(R, :key)) # => []

{:ok, _} = Registry.start_link(keys: :duplicate, name: D)
Registry.register(D, :key, 1)
IO.inspect(Registry.send({D, :key}, :hello)) # => :hello
try do
  Registry.send({D, :none}, :hello)
rescue
  error -> IO.inspect(error) # => %ArgumentError{message: "argument error"}
end
