m = for i <- 1..1000, into: %{}, do: {i, "v#{i}"}
IO.inspect(map_size(m)) # => 1000
IO.inspect(m[500]) # => "v500"
IO.inspect(m[1001]) # => nil
m2 = Enum.reduce(1..990, m, &Map.delete(&2, &1))
IO.inspect(m2 |> Map.keys() |> Enum.sort()) # => [991, 992, 993, 994, 995, 996, 997, 998, 999, 1000]
IO.inspect(Map.put(m2, :new, 1) |> map_size()) # => 11
IO.inspect(m == Map.new(Enum.shuffle(Enum.to_list(m)))) # => true
IO.inspect(%{m | 7 => :seven}[7]) # => :seven
