a = 1; b = 2; IO.inspect(a + b) # => 3
y = (c = a; c + b)
IO.inspect(y) # => 3
