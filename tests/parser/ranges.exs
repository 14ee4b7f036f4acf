IO.inspect(1..3) # => 1..3
IO.inspect(Enum.to_list(1..10//3)) # => [1, 4, 7, 10]
IO.inspect(Enum.to_list(3..1)) # => [3, 2, 1]
IO.inspect(10..1//-2) # => 10..1//-2
IO.inspect(1 in 1..3) # => true
IO.inspect(Enum.to_list(1..0//1)) # => []
