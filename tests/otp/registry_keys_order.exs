# The keys of a process come newest first.
for kind <- [:unique, :duplicate] do
  {:ok, _} = Registry.start_link(keys: kind, name: kind)
  for key <- [:x, "y", 1, {2}], do: Registry.register(kind, key, nil)
  IO.inspect(Registry.keys(kind, self()))
  Registry.unregister(kind, "y")
  Registry.register(kind, "y", nil)
  IO.inspect(Registry.keys(kind, self()))
end
# => [{2}, 1, "y", :x]
# => ["y", {2}, 1, :x]
# => [{2}, 1, "y", :x]
# => ["y", {2}, 1, :x]
