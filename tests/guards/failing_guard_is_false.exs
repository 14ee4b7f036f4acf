f = fn
  x when length(x) > 1 -> :long
  x when tuple_size(x) == 2 -> :pair
  x when map_size(x) >= 0 -> :map
  _ -> :none
end
IO.inspect(Enum.map([[1, 2], [1], {1, 2}, %{}, 5], f)) # => [:long, :none, :pair, :map, :none]
