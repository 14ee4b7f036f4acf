m = %{a: 1, b: 2, c: 3}
IO.inspect(Map.take(m, [:a, :z])) # => %{a: 1}
IO.inspect(Map.drop(m, [:a])) # => %{b: 2, c: 3}
IO.inspect(Map.split(m, [:a])) # => {%{a: 1}, %{b: 2, c: 3}}
IO.inspect(Map.filter(m, fn {_, v} -> v > 1 end)) # => %{b: 2, c: 3}
IO.inspect(Map.reject(m, fn {_, v} -> v > 1 end)) # => %{a: 1}
IO.inspect(Map.equal?(%{a: 1}, %{a: 1.0})) # => false
IO.inspect(Map.from_struct(1..2)) # => %{first: 1, last: 2, step: 1}
IO.inspect(Map.from_keys([:a, :b], 0)) # => %{a: 0, b: 0}
IO.inspect(map_size(m)) # => 3
IO.inspect(Map.delete(m, :zz) == m) # => true
