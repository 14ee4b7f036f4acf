m = Map.new(1..40, &{&1, &1 * &1})
IO.inspect(Enum.count(m)) # => 40
IO.inspect(Enum.sum(Map.values(m))) # => 22140
IO.inspect(Enum.map(m, fn {k, _} -> k end) |> Enum.sort() == Enum.to_list(1..40)) # => true
IO.inspect(Enum.reduce(%{a: 1, b: 2}, 0, fn {_, v}, acc -> acc + v end)) # => 3
IO.inspect(Enum.filter(%{a: 1, b: 2}, fn {_, v} -> v > 1 end)) # => [b: 2]
IO.inspect(Enum.map(3..1, & &1)) # => [3, 2, 1]
