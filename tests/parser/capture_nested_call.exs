IO.inspect(Enum.map([[3, 1], [2, 0]], &Enum.sort(&1))) # => [[1, 3], [0, 2]]
IO.inspect(Enum.map([1, 2], &to_string/1)) # => ["1", "2"]
IO.inspect(Enum.map([1, -2], &abs(&1))) # => [1, 2]
