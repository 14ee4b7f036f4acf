# Dict, HashDict, Set, HashSet and :random, which old programs use: the order of entries and the numbers are Elixir's. They warn, so they are applied.
call = fn module, name, args -> apply(module, name, args) end
dict = Enum.into(1..20, call.(HashDict, :new, []), &{&1, &1 * &1})
IO.inspect(Enum.map(dict, &elem(&1, 0))) # => [20, 7, 16, 13, 17, 18, 2, 6, 3, 4, 15, 1, 5, 9, 11, 19, 10, 12, 14, 8]
dict = Enum.reduce([3, 20, 1], dict, &call.(HashDict, :delete, [&2, &1]))
IO.inspect({dict[2], dict[3], Enum.count(dict), call.(HashDict, :keys, [dict])})
# => {4, nil, 17, [7, 16, 13, 17, 18, 2, 6, 15, 4, 11, 5, 9, 19, 10, 12, 14, 8]}
IO.inspect(Enum.into([a: 1], call.(HashDict, :new, []))) # => #HashDict<[a: 1]>
IO.inspect(Enum.into(~w(a b c d e f), call.(HashSet, :new, []))) # => #HashSet<["a", "b", "f", "d", "e", "c"]>
IO.inspect(call.(Dict, :update, [%{a: 1}, :a, 0, &(&1 + 1)])) # => %{a: 2}
IO.inspect(call.(Dict, :get, [[a: 1], :b, 3])) # => 3
IO.inspect(call.(:random, :seed, [{1, 2, 3}])) # => :undefined
IO.inspect(for _ <- 1..5, do: call.(:random, :uniform, [100])) # => [6, 68, 17, 69, 62]
