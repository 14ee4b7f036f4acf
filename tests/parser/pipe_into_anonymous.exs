IO.inspect(3 |> (fn x -> x * x end).()) # => 9
IO.inspect(3 |> then(&(&1 + 1))) # => 4
IO.inspect([1, 2] |> Enum.map(fn x -> x + 1 end) |> Enum.sum) # => 5
