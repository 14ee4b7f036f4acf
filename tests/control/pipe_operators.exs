IO.inspect([1, 2, 3] |> Enum.map(& &1 * 2) |> Enum.sum() |> Kernel.+(1)) # => 13
IO.inspect(5 |> tap(&IO.puts/1) |> then(fn x -> x * 2 end)) # => 5
# => 10
