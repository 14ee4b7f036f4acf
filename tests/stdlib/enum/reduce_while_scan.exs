IO.inspect(Enum.reduce_while(1..100, 0, fn x, acc -> if acc < 10, do: {:cont, acc + x}, else: {:halt, acc} end)) # => 10
IO.inspect(Enum.scan([1, 2, 3], &+/2)) # => [1, 3, 6]
IO.inspect(Enum.scan([1, 2, 3], 10, &+/2)) # => [11, 13, 16]
IO.inspect(Enum.each([1], fn x -> x end)) # => :ok
IO.inspect(Enum.slide(1..6, 0, 3)) # => [2, 3, 4, 1, 5, 6]
IO.inspect(Enum.shuffle([1]) ) # => [1]
IO.inspect(Enum.take_random([1, 2, 3], 0)) # => []
