# SPDX-License-Identifier: Apache-2.0
# :digraph: directed graphs that are changed in place.
#
# A graph is {:digraph, vertices, edges, neighbours, cyclic?}, three ETS tables: {vertex, label}; {edge, from, to, label}; and a bag
# of {{:in | :out, vertex}, edge} with the counters for names. Invariant: an edge stands in `edges` and twice in `neighbours`, and both its ends
# exist.
defmodule :digraph do
  @moduledoc false

  def new(), do: new([])

  def new(type) when is_list(type) do
    unless Enum.all?(type, fn option -> option in [:cyclic, :acyclic, :protected, :private] end), do: :erlang.error(:badarg)
    protection = List.last([:protected | Enum.filter(type, fn option -> option in [:protected, :private] end)])
    cyclicity = List.last([:cyclic | Enum.filter(type, fn option -> option in [:cyclic, :acyclic] end)])
    neighbours = :ets.new(:neighbours, [:bag, protection])
    :ets.insert(neighbours, [{:"$vid", 0}, {:"$eid", 0}])
    {:digraph, :ets.new(:vertices, [:set, protection]), :ets.new(:edges, [:set, protection]), neighbours, cyclicity == :cyclic}
  end

  def new(_type), do: :erlang.error(:badarg)

  def delete(graph) do
    for table <- [vertex_table(graph), edge_table(graph), neighbour_table(graph)], do: :ets.delete(table)
    true
  end

  def info(graph) do
    tables = [vertex_table(graph), edge_table(graph), neighbour_table(graph)]

    [
      cyclicity: if(elem(graph, 4), do: :cyclic, else: :acyclic),
      memory: Enum.sum(for(table <- tables, do: :ets.info(table, :memory))),
      protection: :ets.info(hd(tables), :protection)
    ]
  end

  defp vertex_table({:digraph, table, _, _, _}), do: table
  defp vertex_table(other), do: :erlang.error({:badrecord, other})
  defp edge_table({:digraph, _, table, _, _}), do: table
  defp edge_table(other), do: :erlang.error({:badrecord, other})
  defp neighbour_table({:digraph, _, _, table, _}), do: table
  defp neighbour_table(other), do: :erlang.error({:badrecord, other})

  ## Vertices

  def add_vertex(graph), do: add_vertex(graph, fresh(graph, :"$vid", :"$v"))
  def add_vertex(graph, vertex), do: add_vertex(graph, vertex, [])

  def add_vertex(graph, vertex, label) do
    :ets.insert(vertex_table(graph), {vertex, label})
    vertex
  end

  def vertex(graph, vertex) do
    case :ets.lookup(vertex_table(graph), vertex) do
      [found] -> found
      [] -> false
    end
  end

  def vertices(graph), do: :ets.select(vertex_table(graph), [{{:"$1", :_}, [], [:"$1"]}])
  def no_vertices(graph), do: :ets.info(vertex_table(graph), :size)
  def source_vertices(graph), do: vertices_without(graph, :in)
  def sink_vertices(graph), do: vertices_without(graph, :out)

  defp vertices_without(graph, side) do
    table = neighbour_table(graph)
    List.foldl(vertices(graph), [], fn vertex, acc -> if :ets.member(table, {side, vertex}), do: acc, else: [vertex | acc] end)
  end

  def del_vertex(graph, vertex) do
    del_edges(graph, in_edges(graph, vertex) ++ out_edges(graph, vertex))
    :ets.delete(vertex_table(graph), vertex)
  end

  def del_vertices(graph, vertices) do
    for vertex <- vertices, do: del_vertex(graph, vertex)
    true
  end

  # The names a graph gives are improper lists, so that they meet no other names.
  defp fresh(graph, counter, prefix) do
    table = neighbour_table(graph)
    [{_, n}] = :ets.lookup(table, counter)
    :ets.delete(table, counter)
    :ets.insert(table, {counter, n + 1})
    [prefix | n]
  end

  ## Edges

  def add_edge(graph, from, to), do: add_edge(graph, from, to, [])

  def add_edge(graph, from, to, label) do
    edge = fresh(graph, :"$eid", :"$e")
    bad_vertex(graph, from, to) || put_edge(graph, edge, from, to, label)
  end

  def add_edge(graph, edge, from, to, label) do
    case edge(graph, edge) do
      {_, old_from, old_to, _} when old_from !== from or old_to !== to -> {:error, {:bad_edge, [from, to]}}
      _ -> bad_vertex(graph, from, to) || put_edge(graph, edge, from, to, label)
    end
  end

  defp bad_vertex(graph, from, to) do
    cond do
      not :ets.member(vertex_table(graph), from) -> {:error, {:bad_vertex, from}}
      not :ets.member(vertex_table(graph), to) -> {:error, {:bad_vertex, to}}
      true -> nil
    end
  end

  defp put_edge({:digraph, _, _, _, false} = graph, edge, from, to, label) do
    case if(from === to, do: [from, to], else: get_path(graph, to, from)) do
      false -> insert_edge(graph, edge, from, to, label)
      path -> {:error, {:bad_edge, path}}
    end
  end

  defp put_edge(graph, edge, from, to, label), do: insert_edge(graph, edge, from, to, label)

  defp insert_edge(graph, edge, from, to, label) do
    :ets.insert(neighbour_table(graph), [{{:out, from}, edge}, {{:in, to}, edge}])
    :ets.insert(edge_table(graph), {edge, from, to, label})
    edge
  end

  def edge(graph, edge) do
    case :ets.lookup(edge_table(graph), edge) do
      [found] -> found
      [] -> false
    end
  end

  def edges(graph), do: :ets.select(edge_table(graph), [{{:"$1", :_, :_, :_}, [], [:"$1"]}])

  def edges(graph, vertex) do
    name = {:const, vertex}
    both = [{:orelse, {:"=:=", :"$1", {{:out, name}}}, {:"=:=", :"$1", {{:in, name}}}}]
    :ets.select(neighbour_table(graph), [{{:"$1", :"$2"}, both, [:"$2"]}])
  end

  def no_edges(graph), do: :ets.info(edge_table(graph), :size)

  def del_edge(graph, edge) do
    case edge(graph, edge) do
      {_, from, to, _} ->
        :ets.delete_object(neighbour_table(graph), {{:out, from}, edge})
        :ets.delete_object(neighbour_table(graph), {{:in, to}, edge})
        :ets.delete(edge_table(graph), edge)

      false ->
        true
    end
  end

  def del_edges(graph, edges) do
    for edge <- edges, do: del_edge(graph, edge)
    true
  end

  ## Neighbours

  def in_edges(graph, vertex), do: edges_of(graph, {:in, vertex})
  def out_edges(graph, vertex), do: edges_of(graph, {:out, vertex})
  def in_degree(graph, vertex), do: length(in_edges(graph, vertex))
  def out_degree(graph, vertex), do: length(out_edges(graph, vertex))
  def in_neighbours(graph, vertex), do: ends(graph, in_edges(graph, vertex), 2, [])
  def out_neighbours(graph, vertex), do: ends(graph, out_edges(graph, vertex), 3, [])

  defp edges_of(graph, key), do: for({_, edge} <- :ets.lookup(neighbour_table(graph), key), do: edge)

  # The newest edge first.
  defp ends(graph, [edge | rest], position, acc), do: ends(graph, rest, position, [:ets.lookup_element(edge_table(graph), edge, position) | acc])
  defp ends(_graph, [], _position, acc), do: acc

  ## Paths

  def get_path(graph, from, to), do: some_path(graph, from, to, 1)

  def get_cycle(graph, vertex) do
    case some_path(graph, vertex, vertex, 2) do
      false -> if vertex in out_neighbours(graph, vertex), do: [vertex], else: false
      path -> path
    end
  end

  defp some_path(graph, from, to, least) do
    case walk(out_neighbours(graph, from), to, %{from => true}, [from], 1, least, graph) do
      {:found, path} -> :lists.reverse(path)
      {:seen, _} -> false
    end
  end

  # Depth first; `steps` is the length of the path that is about to be made, at least `least` of them are wanted.
  defp walk([], _to, seen, _path, _steps, _least, _graph), do: {:seen, seen}

  defp walk([vertex | rest], to, seen, path, steps, least, graph) do
    cond do
      vertex === to and steps >= least ->
        {:found, [vertex | path]}

      vertex === to or :erlang.is_map_key(vertex, seen) ->
        walk(rest, to, seen, path, steps, least, graph)

      true ->
        case walk(out_neighbours(graph, vertex), to, :maps.put(vertex, true, seen), [vertex | path], steps + 1, least, graph) do
          {:seen, seen} -> walk(rest, to, seen, path, steps, least, graph)
          found -> found
        end
    end
  end

  def get_short_cycle(graph, vertex), do: get_short_path(graph, vertex, vertex)

  def get_short_path(graph, from, to), do: search(enqueue(graph, from, :queue.new()), to, %{}, from, graph)

  # Breadth first; `parents` says from where a vertex was reached.
  defp search(queue, to, parents, from, graph) do
    case :queue.out(queue) do
      {{:value, {parent, ^to}}, _} -> trace(parent, [to], parents, from)
      {{:value, {_, vertex}}, queue} when :erlang.is_map_key(vertex, parents) -> search(queue, to, parents, from, graph)
      {{:value, {_, ^from}}, queue} -> search(queue, to, parents, from, graph)
      {{:value, {parent, vertex}}, queue} -> search(enqueue(graph, vertex, queue), to, :maps.put(vertex, parent, parents), from, graph)
      {:empty, _} -> false
    end
  end

  defp enqueue(graph, vertex, queue) do
    List.foldl(out_edges(graph, vertex), queue, fn edge, queue -> :queue.in({vertex, :ets.lookup_element(edge_table(graph), edge, 3)}, queue) end)
  end

  defp trace(from, path, _parents, from), do: [from | path]
  defp trace(vertex, path, parents, from), do: trace(:maps.get(vertex, parents), [vertex | path], parents, from)

  def del_path(graph, from, to) do
    case get_path(graph, from, to) do
      false ->
        true

      path ->
        for {a, b} <- :lists.zip(:lists.droplast(path), tl(path)), edge <- out_edges(graph, a), match?({_, _, ^b, _}, edge(graph, edge)) do
          del_edge(graph, edge)
        end

        del_path(graph, from, to)
    end
  end
end
