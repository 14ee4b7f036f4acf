{:ok, _} = Agent.start_link(fn -> %{} end, name: :store)
Agent.update(:store, &Map.put(&1, :k, 1))
IO.inspect(Agent.get(:store, &Map.get(&1, :k))) # => 1
IO.inspect(Agent.get(:store, Map, :keys, [])) # => [:k]
