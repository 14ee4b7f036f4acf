# The micro sign is read in its normal form, which goes with letters of every script.
t_µs = 3
IO.inspect(t_μs) # => 3
IO.inspect([:µs, :"t_μs"]) # => [:μs, :t_μs]
