IO.inspect(Enum.take([1, 2, 3], 2)) # => [1, 2]
IO.inspect(Enum.take([1, 2, 3], -2)) # => [2, 3]
IO.inspect(Enum.drop([1, 2, 3], 2)) # => [3]
IO.inspect(Enum.drop([1, 2, 3], -1)) # => [1, 2]
IO.inspect(Enum.take_while(1..10, &(&1 < 4))) # => [1, 2, 3]
IO.inspect(Enum.drop_while(1..5, &(&1 < 4))) # => [4, 5]
IO.inspect(Enum.take_every(1..10, 3)) # => [1, 4, 7, 10]
IO.inspect(Enum.drop_every(1..10, 3)) # => [2, 3, 5, 6, 8, 9]
IO.inspect(Enum.split(1..5, 2)) # => {[1, 2], [3, 4, 5]}
IO.inspect(Enum.split(1..5, -2)) # => {[1, 2, 3], [4, 5]}
IO.inspect(Enum.split_while(1..5, &(&1 < 3))) # => {[1, 2], [3, 4, 5]}
IO.inspect(Enum.split_with(1..6, &(rem(&1, 2) == 0))) # => {[2, 4, 6], [1, 3, 5]}
IO.inspect(Enum.slice(1..10, 2, 3)) # => [3, 4, 5]
IO.inspect(Enum.slice([1, 2, 3, 4], 1..2)) # => [2, 3]
IO.inspect(Enum.slice([1, 2, 3, 4], -3..-2)) # => [2, 3]
IO.inspect(Enum.slice([1, 2, 3, 4], 1..-1)) # => [2, 3, 4]
IO.inspect(Enum.slice(1..20, 0..10//5)) # => [1, 6, 11]
