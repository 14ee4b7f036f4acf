IO.inspect(Enum.sort([%{}, "s", [1], {1}, :a, 1, nil, 1.5, fn -> 1 end] |> Enum.reject(&is_function/1))) # => [1, 1.5, :a, nil, {1}, %{}, [1], "s"]
IO.inspect(1 < :a and :a < {} and {} < %{} and %{} < [] and [] < "") # => true
IO.inspect([1, 2] < [1, 3]) # => true
IO.inspect({3} < {1, 2}) # => true
IO.inspect("a" < "b") # => true
