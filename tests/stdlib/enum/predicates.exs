IO.inspect(Enum.all?([1, 2], &(&1 > 0))) # => true
IO.inspect(Enum.all?([])) # => true
IO.inspect(Enum.any?([nil, false])) # => false
IO.inspect(Enum.any?([nil, 1])) # => true
IO.inspect(Enum.any?([1, 2], &(&1 > 1))) # => true
