IO.inspect(Enum.join([1, 2, 3])) # => "123"
IO.inspect(Enum.join([1, :a, "b", 'c'], ", ")) # => "1, a, b, c"
IO.inspect(Enum.map_join([1, 2], "-", &(&1 * 10))) # => "10-20"
IO.inspect(Enum.into([a: 1], %{})) # => %{a: 1}
IO.inspect(Enum.into([1, 2], [])) # => [1, 2]
IO.inspect(Enum.into(1..3, MapSet.new())) # => MapSet.new([1, 2, 3])
IO.inspect(Enum.into([1, 2], %{}, fn x -> {x, x * x} end)) # => %{1 => 1, 2 => 4}
IO.inspect(Enum.into(["a", "b"], "")) # => "ab"
IO.inspect(Enum.to_list(%{a: 1})) # => [a: 1]
IO.inspect(Enum.concat([[1], [2, 3]])) # => [1, 2, 3]
IO.inspect(Enum.concat([1], 2..3)) # => [1, 2, 3]
IO.inspect(Enum.intersperse([1, 2, 3], 0)) # => [1, 0, 2, 0, 3]
IO.inspect(Enum.reverse([1, 2, 3])) # => [3, 2, 1]
IO.inspect(Enum.reverse([1, 2], [:tail])) # => [2, 1, :tail]
IO.inspect(Enum.reverse_slice(1..6, 1, 3)) # => [1, 4, 3, 2, 5, 6]
