IO.inspect(Enum.count([1, 2, 3])) # => 3
IO.inspect(Enum.count(1..10, &(rem(&1, 3) == 0))) # => 3
IO.inspect(Enum.count_until(1..100, 5)) # => 5
IO.inspect(Enum.sum([1, 2.5])) # => 3.5
IO.inspect(Enum.product([2, 3, 4])) # => 24
IO.inspect(Enum.sum([])) # => 0
IO.inspect(Enum.product([])) # => 1
IO.inspect(Enum.frequencies(~w(a b a))) # => %{"a" => 2, "b" => 1}
IO.inspect(Enum.frequencies_by(~w(aa b cc), &String.length/1)) # => %{1 => 1, 2 => 2}
IO.inspect(Enum.empty?([])) # => true
IO.inspect(Enum.empty?(%{a: 1})) # => false
IO.inspect(Enum.member?([1, 2], 1.0)) # => false
