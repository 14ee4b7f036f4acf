f = fn
  x when x in [1, 2, 3] -> :list
  x when x in 10..20 -> :range
  x when x in ~w(a b)a -> :atoms
  x when x not in [nil, false] -> :truthy
  _ -> :falsy
end
IO.inspect(Enum.map([2, 15, :b, 99, nil], f)) # => [:list, :range, :atoms, :truthy, :falsy]
