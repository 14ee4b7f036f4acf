IO.inspect(Enum.map([1, 2, 3], &(&1 * 2))) # => [2, 4, 6]
IO.inspect(Enum.filter(1..10, &(rem(&1, 2) == 0))) # => [2, 4, 6, 8, 10]
IO.inspect(Enum.reject([1, nil, 2], &is_nil/1)) # => [1, 2]
IO.inspect(Enum.reduce([1, 2, 3], &+/2)) # => 6
IO.inspect(Enum.reduce([1, 2, 3], 10, &+/2)) # => 16
IO.inspect(Enum.map(%{a: 1}, fn {k, v} -> {v, k} end)) # => [{1, :a}]
IO.inspect(Enum.flat_map([1, 2], &[&1, &1])) # => [1, 1, 2, 2]
IO.inspect(Enum.map_reduce([1, 2, 3], 0, fn x, acc -> {x * 2, acc + x} end)) # => {[2, 4, 6], 6}
IO.inspect(Enum.flat_map_reduce(1..5, 0, fn x, acc -> if acc < 3, do: {[x, x], acc + 1}, else: {:halt, acc} end)) # => {[1, 1, 2, 2, 3, 3], 3}
IO.inspect(Enum.map_every(1..6, 2, &(&1 * 100))) # => [100, 2, 300, 4, 500, 6]
IO.inspect(Enum.map_intersperse([1, 2, 3], :x, &(&1 + 1))) # => [2, :x, 3, :x, 4]
