x = 1
IO.inspect(dbg(x + 1) == 2) # => [tests/macros/dbg.exs:2: (file)]
# => x + 1 #=> 2
# =>
# => true
