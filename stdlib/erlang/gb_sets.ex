# SPDX-License-Identifier: Apache-2.0
# `:gb_sets`: sets as general balanced trees, {size, node}; a node is {element, smaller, bigger} or nil.
# Invariant: as in `:gb_trees`.
defmodule :gb_sets do
  @moduledoc "Erlang's balanced sets."

  def empty, do: {0, nil}
  def new, do: empty()
  def singleton(x), do: {1, {x, nil, nil}}

  def is_empty({0, nil}), do: true
  def is_empty(_), do: false

  def is_set({0, nil}), do: true
  def is_set({size, {_, _, _}}) when is_integer(size) and size >= 0, do: true
  def is_set(_), do: false

  def size({size, _}), do: size

  def is_member(x, {_, node}), do: :phial_trees.find(x, node) != nil
  def is_element(x, set), do: is_member(x, set)

  def insert(x, {size, node}) do
    size = size + 1
    {size, insert_node(x, node, size * size)}
  end

  defp insert_node(x, {y, smaller, bigger}, limit) when x < y do
    case insert_node(x, smaller, div(limit, 2)) do
      {:deep, deep, height, size} -> lift({y, deep, bigger}, height, size, bigger)
      node -> {y, node, bigger}
    end
  end

  defp insert_node(x, {y, smaller, bigger}, limit) when x > y do
    case insert_node(x, bigger, div(limit, 2)) do
      {:deep, deep, height, size} -> lift({y, smaller, deep}, height, size, smaller)
      node -> {y, smaller, node}
    end
  end

  defp insert_node(x, nil, 0), do: {:deep, {x, nil, nil}, 1, 1}
  defp insert_node(x, nil, _limit), do: {x, nil, nil}
  defp insert_node(x, _node, _limit), do: :erlang.error({:key_exists, x})

  defp lift(node, height, size, sibling) do
    {sibling_height, sibling_size} = measure(sibling)
    height = 2 * max(height, sibling_height)
    size = size + sibling_size + 1

    if height > size * size, do: build(elements(node, []), size), else: {:deep, node, height, size}
  end

  defp measure({_, nil, nil}), do: {1, 1}

  defp measure({_, smaller, bigger}) do
    {height1, size1} = measure(smaller)
    {height2, size2} = measure(bigger)
    {2 * max(height1, height2), size1 + size2 + 1}
  end

  defp measure(nil), do: {1, 0}

  def add(x, set), do: if(is_member(x, set), do: set, else: insert(x, set))
  def add_element(x, set), do: add(x, set)

  # Building

  def balance({size, node}), do: {size, build(elements(node, []), size)}

  defp build(list, size) do
    {node, []} = build_node(list, size)
    node
  end

  defp build_node([x | rest], 1), do: {{x, nil, nil}, rest}
  defp build_node(list, 0), do: {nil, list}

  defp build_node(list, size) do
    others = size - 1
    right = div(others, 2)
    {smaller, [x | rest]} = build_node(list, others - right)
    {bigger, rest} = build_node(rest, right)
    {{x, smaller, bigger}, rest}
  end

  def from_list(list), do: from_ordset(:ordsets.from_list(list))

  def from_ordset(list) do
    size = length(list)
    {size, build(list, size)}
  end

  # Deleting

  def delete(x, {size, node}), do: {size - 1, delete_1(x, node)}

  defp delete_1(x, {y, smaller, bigger}) when x < y, do: {y, delete_1(x, smaller), bigger}
  defp delete_1(x, {y, smaller, bigger}) when x > y, do: {y, smaller, delete_1(x, bigger)}
  defp delete_1(_x, {_, smaller, bigger}), do: merge(smaller, bigger)

  defp merge(smaller, nil), do: smaller
  defp merge(nil, bigger), do: bigger

  defp merge(smaller, bigger) do
    {x, bigger} = take_smallest1(bigger)
    {x, smaller, bigger}
  end

  def delete_any(x, set), do: if(is_member(x, set), do: delete(x, set), else: set)
  def del_element(x, set), do: delete_any(x, set)

  def take_smallest({size, node}) do
    {x, node} = take_smallest1(node)
    {x, {size - 1, node}}
  end

  defp take_smallest1({x, nil, bigger}), do: {x, bigger}

  defp take_smallest1({x, smaller, bigger}) do
    {least, smaller} = take_smallest1(smaller)
    {least, {x, smaller, bigger}}
  end

  def take_largest({size, node}) do
    {x, node} = take_largest1(node)
    {x, {size - 1, node}}
  end

  defp take_largest1({x, smaller, nil}), do: {x, smaller}

  defp take_largest1({x, smaller, bigger}) do
    {greatest, bigger} = take_largest1(bigger)
    {greatest, {x, smaller, bigger}}
  end

  def smallest({_, node}), do: smallest_1(node)

  defp smallest_1({x, nil, _}), do: x
  defp smallest_1({_, smaller, _}), do: smallest_1(smaller)

  def largest({_, node}), do: largest_1(node)

  defp largest_1({x, _, nil}), do: x
  defp largest_1({_, _, bigger}), do: largest_1(bigger)

  # Walking

  def to_list({_, node}), do: elements(node, [])

  defp elements({x, smaller, bigger}, tail), do: elements(smaller, [x | elements(bigger, tail)])
  defp elements(nil, tail), do: tail

  def iterator({_, node}), do: descend(node, [])

  defp descend({_, nil, _} = node, path), do: [node | path]
  defp descend({_, smaller, _} = node, path), do: descend(smaller, [node | path])
  defp descend(nil, path), do: path

  def iterator_from(x, {_, node}), do: descend_from(x, node, [])

  defp descend_from(x, {y, _, bigger}, path) when y < x, do: descend_from(x, bigger, path)
  defp descend_from(_x, {_, nil, _} = node, path), do: [node | path]
  defp descend_from(x, {_, smaller, _} = node, path), do: descend_from(x, smaller, [node | path])
  defp descend_from(_x, nil, path), do: path

  def next([{x, _, bigger} | path]), do: {x, descend(bigger, path)}
  def next([]), do: :none

  def fold(fun, acc, {_, node}) when is_function(fun, 2), do: :lists.foldl(fun, acc, elements(node, []))
  def filter(fun, {_, node}) when is_function(fun, 1), do: from_ordset(:lists.filter(fun, elements(node, [])))

  # Set operations. Results made from lists have the bigger half on the right. A much smaller set is added to
  # the other one element by element, as in Erlang.

  def union({size1, node1}, {size2, node2}) when size2 < size1, do: union(elements(node2, []), size2, node1, size1)
  def union({size1, node1}, {size2, node2}), do: union(elements(node1, []), size1, node2, size2)

  defp union(list, size1, node2, size2) do
    if size2 < 10 or size2 < size1 * :erlang.round(1.46 * :math.log(size2)),
      do: from_merged(:ordsets.union(list, elements(node2, []))),
      else: :lists.foldl(&add/2, {size2, node2}, list)
  end

  defp from_merged(list) do
    size = length(list)
    {node, []} = build_right(list, size)
    {size, node}
  end

  defp build_right([x | rest], 1), do: {{x, nil, nil}, rest}
  defp build_right(list, 0), do: {nil, list}

  defp build_right(list, size) do
    left = div(size - 1, 2)
    {smaller, [x | rest]} = build_right(list, left)
    {bigger, rest} = build_right(rest, size - 1 - left)
    {{x, smaller, bigger}, rest}
  end

  def union([set | sets]), do: :lists.foldl(fn b, a -> union(a, b) end, set, sets)
  def union([]), do: empty()

  # Of elements that are equal but not the same (1 and 1.0) that of the smaller set is taken.
  def intersection({size1, node1}, {size2, node2}) when size2 < size1, do: intersection({size2, node2}, {size1, node1})
  def intersection({_, node1}, {_, node2}), do: from_merged(:ordsets.intersection(elements(node1, []), elements(node2, [])))

  def intersection([set | sets]), do: :lists.foldl(fn b, a -> intersection(a, b) end, set, sets)

  def is_disjoint({_, node1}, {_, node2}), do: :ordsets.is_disjoint(elements(node1, []), elements(node2, []))

  def difference({_, node1}, {_, node2}), do: from_merged(:ordsets.subtract(elements(node1, []), elements(node2, [])))
  def subtract(set1, set2), do: difference(set1, set2)

  def is_subset({_, node1}, {_, node2}), do: :ordsets.is_subset(elements(node1, []), elements(node2, []))
end
