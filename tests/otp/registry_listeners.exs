# Listeners are told what is registered and unregistered, not who died.
# flags: --virtual-time
Process.register(self(), :listener)
{:ok, _} = Registry.start_link(keys: :unique, name: Names, listeners: [:listener])

told = fn ->
  receive do
    message when elem(message, 1) == Names -> put_elem(message, 3, :pid)
  after
    100 -> :nothing
  end
end

pid =
  spawn(fn ->
    Registry.register(Names, :a, 1)
    Registry.register(Names, :b, 2)
    Registry.unregister(Names, :a)
    Process.sleep(:infinity)
  end)

IO.inspect(told.()) # => {:register, Names, :a, :pid, 1}
IO.inspect(told.()) # => {:register, Names, :b, :pid, 2}
IO.inspect(told.()) # => {:unregister, Names, :a, :pid}
Process.exit(pid, :kill)
IO.inspect(told.()) # => :nothing
IO.inspect(Registry.lookup(Names, :b)) # => []
