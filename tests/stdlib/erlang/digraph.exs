# Graphs with the results, orders of vertices included, that OTP gives.
g = :digraph.new()
IO.inspect(is_tuple(g) && {elem(g, 0), tuple_size(g)})
IO.inspect(:digraph.add_vertex(g, :a))
IO.inspect(:digraph.add_vertex(g, :b, "lab"))
for v <- [:c, :d, :e], do: :digraph.add_vertex(g, v)
IO.inspect(:digraph.add_edge(g, :a, :b))
IO.inspect(:digraph.add_edge(g, :a, :c, :lab))
IO.inspect(:digraph.add_edge(g, :my, :b, :d, 1))
IO.inspect(:digraph.add_edge(g, :c, :d))
IO.inspect(:digraph.add_edge(g, :d, :e))
IO.inspect(:digraph.add_edge(g, :d, :zz))
IO.inspect(:digraph.add_edge(g, :my, :a, :d, 2))
IO.inspect(:digraph.add_edge(g, :my, :b, :d, 2))
IO.inspect(:digraph.edges(g, :d))
IO.inspect(:digraph.vertex(g, :b))
IO.inspect(:digraph.vertex(g, :q))
IO.inspect(:digraph.edge(g, :my))
IO.inspect(:digraph.edge(g, :q))

IO.inspect(
  {:digraph.in_edges(g, :d), :digraph.out_edges(g, :a), :digraph.in_neighbours(g, :d), :digraph.out_neighbours(g, :a),
   :digraph.in_degree(g, :d), :digraph.out_degree(g, :a), :digraph.no_edges(g), :digraph.no_vertices(g)}
)

IO.inspect(:digraph.get_path(g, :a, :e))
IO.inspect(:digraph.get_short_path(g, :a, :e))
IO.inspect(:digraph.get_path(g, :e, :a))
IO.inspect(:digraph.get_cycle(g, :a))
IO.inspect(:digraph_utils.is_acyclic(g))
IO.inspect(:digraph.add_edge(g, :e, :a))
IO.inspect(:digraph.add_edge(g, :c, :c))
IO.inspect(:digraph.get_cycle(g, :a))
IO.inspect(:digraph.get_cycle(g, :c))
IO.inspect(:digraph.get_short_cycle(g, :a))
IO.inspect(:digraph.get_short_cycle(g, :c))
IO.inspect({:cyc, :digraph_utils.cyclic_strong_components(g)})

IO.inspect(
  {:reachable, :digraph_utils.reachable([:d], g), :digraph_utils.reachable_neighbours([:d], g), :digraph_utils.reaching([:d], g),
   :digraph_utils.reaching_neighbours([:d], g)}
)

IO.inspect(
  {:loops, :digraph_utils.loop_vertices(g), :digraph_utils.is_tree(g), :digraph_utils.is_arborescence(g),
   :digraph_utils.arborescence_root(g)}
)

s = :digraph_utils.subgraph(g, [:a, :b, :c])
IO.inspect({Enum.sort(:digraph.vertices(s)), Enum.sort(:digraph.edges(s)), :digraph.info(s) |> Enum.reject(&match?({:memory, _}, &1))})
s = :digraph_utils.subgraph(g, [:a, :b, :c], type: [:acyclic], keep_labels: false)

IO.inspect(
  {Enum.sort(:digraph.vertices(s)), Enum.sort(:digraph.edges(s)), :digraph.vertex(s, :b),
   :digraph.info(s) |> Enum.reject(&match?({:memory, _}, &1))}
)

c = :digraph_utils.condensation(g)
IO.inspect({Enum.sort(:digraph.vertices(c)), Enum.sort(for e <- :digraph.edges(c), do: Tuple.delete_at(:digraph.edge(c, e), 0))})

IO.inspect(
  {:digraph.del_edge(g, :my), :digraph.del_edges(g, [:zz]), :digraph.del_vertex(g, :d), Enum.sort(:digraph.edges(g)),
   :digraph.del_vertices(g, [:b, :nope]), Enum.sort(:digraph.vertices(g))}
)

IO.inspect(:digraph.del_path(g, :a, :c))
IO.inspect(:digraph.info(g) |> Enum.map(&elem(&1, 0)))
IO.inspect(:digraph.delete(g))
a = :digraph.new([:acyclic, :private])
for v <- 1..3, do: :digraph.add_vertex(a, v)
:digraph.add_edge(a, 1, 2)
:digraph.add_edge(a, 2, 3)
IO.inspect(:digraph.add_edge(a, 3, 1))
IO.inspect(:digraph.add_edge(a, 1, 1))
IO.inspect(:digraph.info(a) |> Enum.reject(&match?({:memory, _}, &1)))
IO.inspect({:digraph_utils.is_tree(a), :digraph_utils.is_arborescence(a), :digraph_utils.arborescence_root(a), :digraph_utils.topsort(a)})

IO.inspect(
  try do
    :digraph.new([:foo])
  rescue
    e -> e
  end
)

IO.inspect(
  try do
    :digraph.add_vertex(:foo, 1)
  rescue
    e -> e
  end
)

IO.inspect(
  try do
    :digraph_utils.subgraph(a, [1], foo: 1)
  rescue
    e -> e
  end
)

IO.inspect(
  try do
    :digraph_utils.subgraph(a, [99]) |> :digraph.vertices()
  rescue
    e -> e
  end
)

# random
:rand.seed(:exsss, {1, 2, 3})

for n <- [5, 8, 12], _ <- 1..3 do
  g = :digraph.new()
  for i <- 1..n, do: :digraph.add_vertex(g, i)
  for _ <- 1..(n + div(n, 2)), do: :digraph.add_edge(g, :rand.uniform(n), :rand.uniform(n))

  IO.inspect(
    {:digraph_utils.topsort(g), :digraph_utils.components(g), :digraph_utils.strong_components(g), :digraph_utils.preorder(g),
     :digraph_utils.postorder(g), :digraph.get_path(g, 1, n), :digraph.get_short_path(g, 1, n), :digraph.get_cycle(g, 1),
     :digraph.get_short_cycle(g, 2), :digraph_utils.reachable([2], g), :digraph_utils.reaching([2, 3], g),
     :digraph_utils.cyclic_strong_components(g)},
    limit: :infinity,
    charlists: :as_lists
  )

  IO.inspect({:digraph.edges(g) |> Enum.take(3) |> length, :digraph.vertices(g), :digraph.out_edges(g, 1), :digraph.in_neighbours(g, 2)},
    charlists: :as_lists,
    limit: :infinity
  )

  IO.inspect(:digraph.source_vertices(g))
  IO.inspect(:digraph.sink_vertices(g))
end
