IO.inspect(1 == 1.0) # => true
IO.inspect(1 === 1.0) # => false
IO.inspect(2 ** 53 + 1 == 9007199254740992.0) # => false
IO.inspect(2 ** 53 + 1 > 9007199254740992.0) # => true
IO.inspect(max(1, 1.0)) # => 1
IO.inspect(min(:a, 1)) # => 1
IO.inspect(1 != 2) # => true
IO.inspect(1 !== 1.0) # => true
