f = fn
  x when x == 1 or hd(x) == 1 -> :a
  _ -> :b
end
g = fn
  x when hd(x) == 1 or x == 1 -> :a
  _ -> :b
end
IO.inspect({f.(1), f.([1]), f.(:z)}) # => {:a, :a, :b}
IO.inspect({g.(1), g.([1]), g.(:z)}) # => {:b, :a, :b}
