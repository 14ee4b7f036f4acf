parent = self()
data = for i <- 1..1000, do: {i, "text #{i}", %{k: i}}
pid = spawn(fn -> receive do d -> send(parent, {:sum, Enum.reduce(d, 0, fn {i, _, %{k: k}}, a -> a + i + k end)}) end end)
send(pid, data)
IO.inspect((receive do {:sum, s} -> s end)) # => 1001000
