parent = self()
spawn(fn -> for i <- 1..100, do: send(parent, i) end)
got = for _ <- 1..100, do: (receive do x -> x end)
IO.inspect(got == Enum.to_list(1..100)) # => true
