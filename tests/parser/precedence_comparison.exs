IO.inspect(1 + 1 == 2) # => true
IO.inspect(1 < 2 and 2 < 3) # => true
IO.inspect(not true or true) # => true
IO.inspect(not (1 == 2)) # => true
IO.inspect(!nil && 3) # => 3
IO.inspect(1 == 1.0) # => true
IO.inspect(1 === 1.0) # => false
