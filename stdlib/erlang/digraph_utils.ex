# SPDX-License-Identifier: Apache-2.0
# :digraph_utils: algorithms over :digraph.
#
# All walks keep a stack of vertices to visit and a map of those seen, so they cost no C or call stack but `later_first`, whose depth is that of
# the graph. Invariant: results come in OTP's order, which follows from the order of the vertices and of the neighbours in the tables.
defmodule :digraph_utils do
  @moduledoc false

  ## Components

  def components(graph), do: forest(graph, &both/3, :digraph.vertices(graph))
  def strong_components(graph), do: forest(graph, &ins/3, later_first(graph))

  def cyclic_strong_components(graph) do
    List.foldl(strong_components(graph), [], fn
      [vertex], acc -> if loop?(graph, vertex), do: [[vertex] | acc], else: acc
      component, acc -> [component | acc]
    end)
  end

  def reachable(vertices, graph) when is_list(vertices), do: :lists.append(forest(graph, &outs/3, vertices))
  def reaching(vertices, graph) when is_list(vertices), do: :lists.append(forest(graph, &ins/3, vertices))
  def reachable_neighbours(vertices, graph) when is_list(vertices), do: :lists.append(forest_beyond(graph, &outs/3, vertices))
  def reaching_neighbours(vertices, graph) when is_list(vertices), do: :lists.append(forest_beyond(graph, &ins/3, vertices))

  defp ins(graph, vertex, rest), do: :digraph.in_neighbours(graph, vertex) ++ rest
  defp outs(graph, vertex, rest), do: :digraph.out_neighbours(graph, vertex) ++ rest
  defp both(graph, vertex, rest), do: ins(graph, vertex, outs(graph, vertex, rest))

  # One tree for each vertex that no earlier one reached, the newest first; so is each tree.
  defp forest(graph, next, vertices) do
    {trees, _} = List.foldl(vertices, {[], %{}}, fn vertex, acc -> add_tree([vertex], graph, next, acc) end)
    trees
  end

  # The same, starting from the neighbours of the vertices.
  defp forest_beyond(graph, next, vertices) do
    {trees, _} =
      List.foldl(vertices, {[], %{}}, fn vertex, {trees, seen} ->
        if :erlang.is_map_key(vertex, seen), do: {trees, seen}, else: add_tree(next.(graph, vertex, []), graph, next, {trees, seen})
      end)

    trees
  end

  defp add_tree(stack, graph, next, {trees, seen}) do
    case tree(stack, graph, next, seen, []) do
      {[], seen} -> {trees, seen}
      {tree, seen} -> {[tree | trees], seen}
    end
  end

  defp tree([vertex | rest], graph, next, seen, acc) when :erlang.is_map_key(vertex, seen), do: tree(rest, graph, next, seen, acc)
  defp tree([vertex | rest], graph, next, seen, acc), do: tree(next.(graph, vertex, rest), graph, next, :maps.put(vertex, true, seen), [vertex | acc])
  defp tree([], _graph, _next, seen, acc), do: {acc, seen}

  ## Orders

  def preorder(graph), do: :lists.reverse(:lists.append(forest(graph, &outs/3, :digraph.vertices(graph))))
  def postorder(graph), do: :lists.reverse(later_first(graph))

  # Reverse postorder: each vertex before those that only it leads to.
  defp later_first(graph) do
    {list, _} = later_first(:digraph.vertices(graph), graph, {[], %{}})
    list
  end

  defp later_first([vertex | rest], graph, {_, seen} = acc) when :erlang.is_map_key(vertex, seen), do: later_first(rest, graph, acc)

  defp later_first([vertex | rest], graph, {list, seen}) do
    {list, seen} = later_first(:digraph.out_neighbours(graph, vertex), graph, {list, :maps.put(vertex, true, seen)})
    later_first(rest, graph, {[vertex | list], seen})
  end

  defp later_first([], _graph, acc), do: acc

  def topsort(graph) do
    order = later_first(graph)
    if length(forest(graph, &ins/3, order)) == length(order), do: order, else: false
  end

  ## Properties

  def is_acyclic(graph), do: loop_vertices(graph) == [] and topsort(graph) != false
  def loop_vertices(graph), do: for(vertex <- :digraph.vertices(graph), loop?(graph, vertex), do: vertex)
  def is_tree(graph), do: :digraph.no_edges(graph) == :digraph.no_vertices(graph) - 1 and match?([_], components(graph))
  def is_arborescence(graph), do: arborescence_root(graph) != :no

  def arborescence_root(graph) do
    with true <- :digraph.no_edges(graph) == :digraph.no_vertices(graph) - 1,
         degrees = for(vertex <- :digraph.vertices(graph), do: {:digraph.in_degree(graph, vertex), vertex}),
         {[{0, root}], rest} <- Enum.split_with(degrees, fn {degree, _} -> degree == 0 end),
         true <- Enum.all?(rest, fn {degree, _} -> degree == 1 end) do
      {:yes, root}
    else
      _ -> :no
    end
  end

  defp loop?(graph, vertex), do: :lists.member(vertex, :digraph.out_neighbours(graph, vertex))

  ## Other graphs

  def condensation(graph) do
    components = strong_components(graph)
    result = :digraph.new()
    home = for component <- components, vertex <- component, into: %{}, do: {vertex, component}
    for component <- components, do: :digraph.add_vertex(result, component)

    for component <- components,
        target <- component |> Enum.flat_map(fn vertex -> :digraph.out_neighbours(graph, vertex) end) |> Enum.map(&:maps.get(&1, home)) |> Enum.uniq(),
        target != component do
      :digraph.add_edge(result, component, target)
    end

    result
  end

  def subgraph(graph, vertices), do: subgraph(graph, vertices, [])

  def subgraph(graph, vertices, options) when is_list(vertices) and is_list(options) do
    {type, keep?} = List.foldl(options, {:inherit, true}, &option/2)
    info = :digraph.info(graph)
    result = :digraph.new(if type == :inherit, do: [info[:cyclicity], info[:protection]], else: type)

    for vertex <- vertices, {_, label} <- [:digraph.vertex(graph, vertex)] do
      :digraph.add_vertex(result, vertex, if(keep?, do: label, else: []))
    end

    for vertex <- :digraph.vertices(result), edge <- :digraph.out_edges(graph, vertex) do
      {_, from, to, label} = :digraph.edge(graph, edge)
      if :digraph.vertex(result, to), do: :digraph.add_edge(result, edge, from, to, if(keep?, do: label, else: []))
    end

    result
  end

  def subgraph(_graph, _vertices, _options), do: :erlang.error(:badarg)

  defp option({:type, type}, {_, keep?}) when type == :inherit or is_list(type), do: {type, keep?}
  defp option({:keep_labels, keep?}, {type, _}) when is_boolean(keep?), do: {type, keep?}
  defp option(_, _), do: :erlang.error(:badarg)
end
