parent = self()
pid = spawn(fn -> send(parent, {:me, self()}) end)
IO.inspect((receive do {:me, p} -> p == pid end)) # => true
IO.inspect(self() == parent) # => true
