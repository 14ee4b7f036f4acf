t = :ets.new(:t, [:set])
IO.inspect(:ets.insert(t, {:a, 1})) # => true
IO.inspect(:ets.lookup(t, :a)) # => [a: 1]
IO.inspect(:ets.lookup(t, :z)) # => []
:ets.insert(t, [{:b, 2}, {:a, 3}])
IO.inspect(:ets.lookup(t, :a)) # => [a: 3]
IO.inspect(:ets.tab2list(t) |> Enum.sort()) # => [a: 3, b: 2]
IO.inspect(:ets.delete(t, :a)) # => true
IO.inspect(:ets.member(t, :a)) # => false
IO.inspect(:ets.info(t, :size)) # => 1
IO.inspect(:ets.update_counter(t, :b, 5)) # => 7
IO.inspect(:ets.match(t, {:"$1", 7})) # => [[:b]]
IO.inspect(:ets.insert_new(t, {:b, 0})) # => false
IO.inspect(:ets.delete(t)) # => true
