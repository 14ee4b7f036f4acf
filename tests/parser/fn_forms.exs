f = fn -> 1 end
g = fn x, y -> x + y end
h = fn
  0 -> :zero
  x when x > 0 -> :pos
  _ -> :neg
end
IO.inspect(f.()) # => 1
IO.inspect(g.(1, 2)) # => 3
IO.inspect({h.(0), h.(1), h.(-1)}) # => {:zero, :pos, :neg}
