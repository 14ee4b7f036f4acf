x =
  (
    y = 1
    y + 1
  )
IO.inspect(x) # => 2
