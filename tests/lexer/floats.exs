IO.inspect(1.0) # => 1.0
IO.inspect(1.5e10) # => 15000000000.0
IO.inspect(1.0e-5) # => 1.0e-5
IO.inspect(1_000.25) # => 1000.25
IO.inspect(1.0E3) # => 1000.0
IO.inspect(-2.5) # => -2.5
IO.inspect(1.0e100) # => 1.0e100
