IO.inspect([1] ++ [2] ++ [3]) # => [1, 2, 3]
IO.inspect([1, 2, 3] -- [2] -- [2]) # => [1, 2, 3]
IO.inspect("a" <> "b" == "ab") # => true
IO.inspect(1 in [1, 2] and 3 not in [1, 2]) # => true
IO.inspect(not (1 in [2])) # => true
