x = 1
r = try do
  x = 2
  x
rescue
  _ -> 3
end
IO.inspect({x, r}) # => {1, 2}
