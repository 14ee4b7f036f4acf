t = Task.async(fn -> 6 * 7 end)
IO.inspect(Task.await(t)) # => 42
IO.inspect(1..5 |> Enum.map(&Task.async(fn -> &1 * &1 end)) |> Task.await_many()) # => [1, 4, 9, 16, 25]
IO.inspect(Task.async(String, :upcase, ["a"]) |> Task.await()) # => "A"
