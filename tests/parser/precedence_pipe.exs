IO.inspect([3, 1, 2] |> Enum.sort() |> hd()) # => 1
IO.inspect(1..3 |> Enum.map(&(&1 * 2))) # => [2, 4, 6]
IO.inspect("x" |> String.duplicate(3) |> String.length()) # => 3
