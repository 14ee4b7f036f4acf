# What is wrong with a call of :ets is said of the argument it is wrong with; a bag takes a list from its end.
why = fn fun ->
  try do
    fun.()
  rescue
    e -> IO.puts(e |> Exception.message() |> String.split("* ") |> List.last() |> String.trim())
  end
end

set = :ets.new(:set, [])
:ets.insert(set, {:k, :v})
why.(fn -> :ets.lookup_element(set, :k, 9) end) # => 3rd argument: position is greater than the size of the object
why.(fn -> :ets.update_counter(set, :k, 1) end) # => 3rd argument: the value in the given position, in the object, is not an integer
why.(fn -> :ets.update_element(set, :k, {1, 2}) end) # => 3rd argument: the position is the same as the key position
why.(fn -> :ets.slot(set, 1_000_000) end) # => 2nd argument: out of range

bag = :ets.new(:bag, [:bag])
why.(fn -> :ets.update_counter(bag, :k, 1) end) # => 1st argument: the table identifier refers to an ETS table of a type not supported by this operation
:ets.insert(bag, [{1, :a}, {1, :b}, {1, :c}])
:ets.insert(bag, {1, :d})
IO.inspect(:ets.lookup(bag, 1)) # => [{1, :c}, {1, :b}, {1, :a}, {1, :d}]
