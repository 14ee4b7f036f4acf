IO.inspect(Enum.to_list(1..10//4)) # => [1, 5, 9]
IO.inspect(Enum.to_list(5..1//-2)) # => [5, 3, 1]
IO.inspect(Range.size(1..10//3)) # => 4
IO.inspect(Enum.count(1..0//1)) # => 0
IO.inspect(3 in 1..10//2) # => true
first..last = 2..7
IO.inspect({first, last}) # => {2, 7}
