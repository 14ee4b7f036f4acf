IO.inspect(Enum.group_by(1..6, &rem(&1, 3))) # => %{0 => [3, 6], 1 => [1, 4], 2 => [2, 5]}
IO.inspect(Enum.group_by(~w(apple bob ant), &String.first/1, &String.length/1)) # => %{"a" => [5, 3], "b" => [3]}
IO.inspect(Enum.zip([1, 2, 3], [:a, :b])) # => [{1, :a}, {2, :b}]
IO.inspect(Enum.zip([[1, 2], [3, 4], [5, 6]])) # => [{1, 3, 5}, {2, 4, 6}]
IO.inspect(Enum.zip_with([1, 2], [3, 4], &+/2)) # => [4, 6]
IO.inspect(Enum.zip_with([[1, 2], [3, 4], [5, 6]], &Enum.sum/1)) # => '\t\f'
IO.inspect(Enum.zip_reduce([1, 2], [3, 4], 0, fn a, b, acc -> acc + a * b end)) # => 11
IO.inspect(Enum.unzip([{1, :a}, {2, :b}])) # => {[1, 2], [:a, :b]}
IO.inspect(Enum.with_index([:a, :b])) # => [a: 0, b: 1]
IO.inspect(Enum.with_index([:a, :b], 1)) # => [a: 1, b: 2]
IO.inspect(Enum.with_index([:a, :b], fn x, i -> {i, x} end)) # => [{0, :a}, {1, :b}]
