x = Enum.to_list(1..5)
parent = self()
spawn(fn -> send(parent, Enum.map(x, & &1 * &1)) end)
IO.inspect((receive do l -> l end)) # => [1, 4, 9, 16, 25]
