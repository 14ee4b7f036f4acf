f = fn
  x when abs(x) == 3 -> :three
  x when is_list(x) and hd(x) == :h -> :head
  x when is_tuple(x) and elem(x, 0) == :e -> :elem
  x when is_binary(x) and byte_size(x) == 2 -> :bytes
  x when is_map_key(x, :k) -> :key
  x when is_float(x) and trunc(x) == 2 -> :trunc
  x when is_function(x, 2) -> :fun2
  _ -> :other
end
IO.inspect(Enum.map([-3, [:h], {:e}, "ab", %{k: 1}, 2.9, &+/2, 0], f)) # => [:three, :head, :elem, :bytes, :key, :trunc, :fun2, :other]
