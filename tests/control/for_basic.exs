IO.inspect((for x <- [1, 2, 3], do: x * 2)) # => [2, 4, 6]
IO.inspect((for x <- 1..3, y <- [:a, :b], do: {x, y})) # => [{1, :a}, {1, :b}, {2, :a}, {2, :b}, {3, :a}, {3, :b}]
IO.inspect((for x <- 1..10, rem(x, 3) == 0, do: x)) # => [3, 6, 9]
IO.inspect((for {k, v} <- %{a: 1, b: 2}, into: %{}, do: {v, k})) # => %{1 => :a, 2 => :b}
IO.inspect((for c <- 'abc', into: "", do: <<c + 1>>)) # => "bcd"
