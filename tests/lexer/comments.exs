# a comment
IO.inspect(1) # => 1
IO.inspect("# not a comment") # => "# not a comment"
x = [
  1, # one
  # in between
  2
]
IO.inspect(x) # => [1, 2]
