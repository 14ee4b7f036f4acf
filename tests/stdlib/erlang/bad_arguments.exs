# The functions of :lists and :maps check what they are given, and say so.
report = fn fun ->
  try do
    IO.inspect(fun.())
  rescue
    e -> e |> Exception.message() |> String.split("\n", trim: true) |> List.last() |> String.trim() |> IO.puts()
  end
end

report.(fn -> :lists.foreach(:f, [1]) end) # => no function clause matching in :lists.foreach/2
report.(fn -> :lists.map(fn _, _ -> 1 end, [1]) end) # => no function clause matching in :lists.map/2
report.(fn -> :lists.map(fn x -> x end, [1 | 2]) end) # => no function clause matching in :lists.map_1/2
report.(fn -> :lists.foldl(fn _, a -> a end, 0, 5) end) # => no case clause matching: 5
report.(fn -> :lists.filter(fn _ -> true end, :l) end) # => Erlang error: {:bad_generator, :l}
report.(fn -> :lists.filter(fn _ -> 1 end, [1]) end) # => Erlang error: {:bad_filter, 1}
report.(fn -> :lists.sort(fn a -> a end, [1, 2]) end) # => #Function<23.11074111 in file:tests/stdlib/erlang/bad_arguments.exs> with arity 1 called with 2 arguments (1, 2)
report.(fn -> :lists.seq(1, :a, 2) end) # => * 2nd argument: not an integer
report.(fn -> :lists.seq(1, 5, -1) end) # => * 3rd argument: not a positive increment
report.(fn -> :lists.seq(5, 1, 1) end) # => * 3rd argument: not a negative increment
report.(fn -> :lists.nth(0, [1]) end) # => no function clause matching in :lists.nth/2
report.(fn -> :maps.map(fn x -> x end, %{}) end) # => * 1st argument: not a fun that takes two arguments
report.(fn -> :maps.fold(fn _, _, a -> a end, 0, []) end) # => expected a map, got: []
report.(fn -> :maps.merge_with(1, %{}, 2) end) # => * 3rd argument: not a map
report.(fn -> :maps.update_with(:k, fn x -> x end, %{}) end) # => key :k not found
report.(fn -> :maps.groups_from_list(fn x -> x end, [1 | 2]) end) # => * 2nd argument: not a proper list
report.(fn -> :maps.with(1, %{}) end) # => * 1st argument: not a list
report.(fn -> :maps.next(1) end) # => * 1st argument: not a valid iterator
