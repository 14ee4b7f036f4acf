parent = self()
{:ok, pid} = Task.start(fn -> send(parent, :ran) end)
IO.inspect(is_pid(pid)) # => true
IO.inspect((receive do m -> m end)) # => :ran
{:ok, _} = Task.start_link(fn -> send(parent, :linked) end)
IO.inspect((receive do m -> m end)) # => :linked
