# Searching and changing general balanced trees; keys compare by ==.
tree = Enum.reduce([5, 3, 8, 1, 4, 5.0], :gb_trees.empty(), fn k, t -> :gb_trees.enter(k, "v#{k}", t) end)
set = :gb_sets.from_list([3, 1, :a, "b"])
IO.inspect(tree)
IO.inspect({:gb_trees.lookup(3.0, tree), :gb_trees.lookup(10, tree), :gb_trees.get(5, tree), :gb_trees.is_defined(2, tree)})
IO.inspect(:gb_trees.to_list(:gb_trees.update(4.0, :x, tree)))
IO.inspect({:gb_sets.is_member(1.0, set), :gb_sets.is_member(:b, set), :gb_sets.is_element("b", set)})
failure = fn fun ->
  try do
    fun.()
  rescue
    e -> {e.__struct__, Exception.message(e)}
  end
end
IO.inspect(failure.(fn -> :gb_trees.get(99, tree) end))
IO.inspect(failure.(fn -> :gb_trees.update(99, 1, tree) end) |> elem(0))
