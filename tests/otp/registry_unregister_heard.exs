# Listeners hear that a process took back a key: once, when no entry of its own is left under it, even if there was none.
Process.register(self(), :listener)
heard = fn -> for({:unregister, _, key, _} <- elem(Process.info(self(), :messages), 1), do: key) |> tap(fn _ -> (fn flush -> flush.(flush) end).(fn flush -> receive do _ -> flush.(flush) after 0 -> :ok end end) end) end

for kind <- [:unique, :duplicate] do
  {:ok, _} = Registry.start_link(keys: kind, name: kind, listeners: [:listener])
  Registry.unregister_match(kind, :none, :_)
  IO.inspect(heard.()) # => [:none]
  Registry.register(kind, :key, 1)
  Registry.register(kind, :key, 2)
  Registry.unregister_match(kind, :key, 5)
  IO.inspect(heard.()) # => []
  Registry.unregister_match(kind, :key, 1)
  IO.inspect({kind, heard.()}) # => {:unique, [:key]}
  Registry.unregister_match(kind, :key, 2)
  IO.inspect(heard.()) # => [:key]
end
# => [:none]
# => []
# => {:duplicate, []}
# => [:key]
