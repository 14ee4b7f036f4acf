# A map of more than 32 keys is visited by reduce, map and `for` in the opposite direction of to_list.
m = Map.new(1..40, &{&1, &1})
keys = fn pairs -> pairs |> Enum.take(4) |> Enum.map(&elem(&1, 0)) |> IO.inspect(charlists: :as_lists) end
keys.(Map.to_list(m)) # => [33, 12, 23, 29]
keys.(Enum.map(m, & &1)) # => [16, 18, 5, 19]
keys.(for(pair <- m, do: pair)) # => [16, 18, 5, 19]
keys.(Enum.take(m, 4)) # => [33, 12, 23, 29]
keys.(Enum.take_every(m, 2)) # => [16, 5, 27, 10]
keys.(Enum.sort_by(m, fn {_, v} -> rem(v, 3) end)) # => [18, 27, 24, 36]
keys.(:maps.fold(fn k, v, acc -> [{k, v} | acc] end, [], m)) # => [33, 12, 23, 29]
keys.(hd(Enum.chunk_every(m, 4))) # => [33, 12, 23, 29]
IO.inspect(Enum.reduce(m, fn {k, _}, _ -> k end)) # => 16
keys.(Enum.zip(Map.keys(m), 1..9)) # => [33, 12, 23, 29]
