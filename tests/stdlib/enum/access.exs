IO.inspect(Enum.at([1, 2, 3], 1)) # => 2
IO.inspect(Enum.at([1, 2, 3], -1)) # => 3
IO.inspect(Enum.at([1], 5)) # => nil
IO.inspect(Enum.at([1], 5, :none)) # => :none
IO.inspect(Enum.fetch([1, 2], 0)) # => {:ok, 1}
IO.inspect(Enum.fetch([1, 2], 9)) # => :error
IO.inspect(Enum.fetch!([1, 2], -1)) # => 2
IO.inspect(Enum.find([1, 2, 3], &(&1 > 1))) # => 2
IO.inspect(Enum.find([1], :none, &(&1 > 1))) # => :none
IO.inspect(Enum.find_index([:a, :b], &(&1 == :b))) # => 1
IO.inspect(Enum.find_value([1, 2], fn x -> x > 1 && x * 10 end)) # => 20
IO.inspect(Enum.random([7])) # => 7
