{:ok, _} = Registry.start_link(keys: :unique, name: R)
IO.inspect(match?({:ok, _}, Registry.register(R, "key", :value))) # => true
IO.inspect(Registry.lookup(R, "key") == [{self(), :value}]) # => true
IO.inspect(match?({:error, {:already_registered, _}}, Registry.register(R, "key", :other))) # => true
IO.inspect(Registry.keys(R, self())) # => ["key"]
IO.inspect(Registry.update_value(R, "key", fn v -> {v, 1} end)) # => {{:value, 1}, :value}
IO.inspect(Registry.unregister(R, "key")) # => :ok
IO.inspect(Registry.lookup(R, "key")) # => []
IO.inspect(Registry.count(R)) # => 0
