z = 1 +
  2
IO.inspect(z) # => 3
x = 5
  |> Kernel.+(1)
IO.inspect(x) # => 6
y =
  true
  and false
IO.inspect(y) # => false
l = [1]
++ [2]
IO.inspect(l) # => [1, 2]
