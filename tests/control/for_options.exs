IO.inspect((for x <- [1, 1, 2], uniq: true, do: x)) # => [1, 2]
IO.inspect((for x <- 1..4, reduce: 0 do acc -> acc + x end)) # => 10
IO.inspect((for x <- [1, 2], y = x * 10, y > 10, do: y)) # => [20]
IO.inspect((for x <- 1..2, into: MapSet.new(), do: x)) # => MapSet.new([1, 2])
