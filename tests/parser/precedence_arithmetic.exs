IO.inspect(1 + 2 * 3) # => 7
IO.inspect((1 + 2) * 3) # => 9
IO.inspect(10 - 2 - 3) # => 5
IO.inspect(2 ** 3 ** 2) # => 64
IO.inspect(-2 ** 2) # => 4
IO.inspect(7 / 2 * 2) # => 7.0
IO.inspect(rem(7, 3) + div(7, 2)) # => 4
IO.inspect(1 - -1) # => 2
