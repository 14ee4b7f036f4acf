x = 1
r = case 5 do
  n -> x = n + 1; x
end
IO.inspect({x, r}) # => {1, 6}
