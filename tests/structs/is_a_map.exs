defmodule P do
  defstruct a: 1
end
p = struct(P)
IO.inspect(is_map(p)) # => true
IO.inspect(Map.keys(p)) # => [:__struct__, :a]
IO.inspect(Map.from_struct(p)) # => %{a: 1}
IO.inspect(p == %{__struct__: P, a: 1}) # => true
IO.inspect(map_size(p)) # => 2
