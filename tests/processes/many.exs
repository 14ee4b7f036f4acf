parent = self()
for i <- 1..10_000, do: spawn(fn -> send(parent, {:n, i}) end)
total = Enum.reduce(1..10_000, 0, fn _, acc -> receive do {:n, i} -> acc + i end end)
IO.inspect(total) # => 50005000
