# The operators that :maps.get/2 and :maps.is_key/2 are made of stand in the stack trace.
defmodule M do
  def fetch(map, key), do: {Map.fetch!(map, key)}
  def get(map, key), do: {:maps.get(key, map)}
  def has(map, key), do: {Map.has_key?(map, key)}
end

for {name, map} <- [fetch: %{}, get: 1, has: 1] do
  try do
    apply(M, name, [map, :a])
  rescue
    _ -> IO.inspect(Tuple.delete_at(hd(__STACKTRACE__), 3))
  end
end

# => {:erlang, :map_get, [:a, %{}]}
# => {:erlang, :map_get, [:a, 1]}
# => {:erlang, :is_map_key, [:a, 1]}
