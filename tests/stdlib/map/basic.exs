m = %{a: 1, b: 2}
IO.inspect(Map.get(m, :a)) # => 1
IO.inspect(Map.get(m, :z)) # => nil
IO.inspect(Map.get(m, :z, 0)) # => 0
IO.inspect(Map.fetch(m, :a)) # => {:ok, 1}
IO.inspect(Map.fetch(m, :z)) # => :error
IO.inspect(Map.fetch!(m, :b)) # => 2
IO.inspect(Map.put(m, :c, 3)) # => %{a: 1, b: 2, c: 3}
IO.inspect(Map.put_new(m, :a, 9)) # => %{a: 1, b: 2}
IO.inspect(Map.put_new_lazy(m, :c, fn -> 9 end)) # => %{a: 1, b: 2, c: 9}
IO.inspect(Map.delete(m, :a)) # => %{b: 2}
IO.inspect(Map.has_key?(m, :a)) # => true
IO.inspect(Map.keys(m)) # => [:a, :b]
IO.inspect(Map.values(m)) # => [1, 2]
IO.inspect(Map.to_list(m)) # => [a: 1, b: 2]
IO.inspect(Map.new([{1, 2}])) # => %{1 => 2}
IO.inspect(Map.new([1, 2], &{&1, &1 * 2})) # => %{1 => 2, 2 => 4}
IO.inspect(Map.get_lazy(m, :z, fn -> :lazy end)) # => :lazy
