parent = self()
pid = spawn(fn ->
  receive do
    {:hello, from} -> send(from, {:reply, :hi})
  end
end)
send(pid, {:hello, parent})
IO.inspect((receive do {:reply, x} -> x end)) # => :hi
IO.inspect(is_pid(pid)) # => true
