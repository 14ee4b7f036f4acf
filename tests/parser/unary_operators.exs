x = 2
IO.inspect(-x) # => -2
IO.inspect(+x) # => 2
IO.inspect(not true) # => false
IO.inspect(!x) # => false
IO.inspect(!!x) # => true
IO.inspect(-(-x)) # => 2
