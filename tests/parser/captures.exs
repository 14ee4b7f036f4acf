IO.inspect(Enum.map([1, 2], &(&1 + 1))) # => [2, 3]
IO.inspect(Enum.map([1, 2], &{&1, &1})) # => [{1, 1}, {2, 2}]
IO.inspect(Enum.map(["a"], &String.upcase/1)) # => ["A"]
IO.inspect(Enum.map([1], &[&1])) # => [[1]]
IO.inspect(Enum.reduce([1, 2, 3], &+/2)) # => 6
IO.inspect((&"#{&1}!").(1)) # => "1!"
IO.inspect((&(&2 - &1)).(1, 10)) # => 9
