f = fn x ->
  y = x + 1
  y * 2
end
IO.inspect(f.(1)) # => 4
