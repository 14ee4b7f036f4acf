# SPDX-License-Identifier: Apache-2.0
# `:gb_trees`: general balanced trees, {size, node}; a node is {key, value, smaller, bigger} or nil. Invariant, as
# Erlang's: a tree of size n is never deeper than about 1.75 log2 n; the subtree that got too deep at an insertion is rebuilt.
defmodule :gb_trees do
  @moduledoc "Erlang's balanced trees."

  def empty, do: {0, nil}

  def is_empty({0, nil}), do: true
  def is_empty(_), do: false

  def size({size, _}) when is_integer(size) and size >= 0, do: size

  def lookup(key, {_, node}) do
    case :phial_trees.find(key, node) do
      {_, value, _, _} -> {:value, value}
      nil -> :none
    end
  end

  def is_defined(key, {_, node}), do: :phial_trees.find(key, node) != nil

  def get(key, {_, node}), do: get_1(key, :phial_trees.find(key, node))

  defp get_1(_key, {_, value, _, _}), do: value

  def update(key, value, {size, node}), do: {size, update_1(key, value, :phial_trees.update(key, value, node))}

  defp update_1(_key, _value, {_, _, _, _} = updated), do: updated

  # Inserting. `limit` is what is left of size^2 after halving on the way down; when a new leaf gets there with
  # nothing left, {node, height, size} travels up until a subtree is found that can be rebuilt.

  def insert(key, value, {size, node}) when is_integer(size) do
    size = size + 1
    {size, insert_node(key, value, node, size * size)}
  end

  defp insert_node(key, value, {k, v, smaller, bigger}, limit) when key < k do
    case insert_node(key, value, smaller, div(limit, 2)) do
      {deep, height, size} -> lift({k, v, deep, bigger}, height, size, bigger)
      node -> {k, v, node, bigger}
    end
  end

  defp insert_node(key, value, {k, v, smaller, bigger}, limit) when key > k do
    case insert_node(key, value, bigger, div(limit, 2)) do
      {deep, height, size} -> lift({k, v, smaller, deep}, height, size, smaller)
      node -> {k, v, smaller, node}
    end
  end

  defp insert_node(key, value, nil, 0), do: {{key, value, nil, nil}, 1, 1}
  defp insert_node(key, value, nil, _limit), do: {key, value, nil, nil}
  defp insert_node(key, _value, _node, _limit), do: :erlang.error({:key_exists, key})

  defp lift(node, height, size, sibling) do
    {sibling_height, sibling_size} = measure(sibling)
    height = 2 * max(height, sibling_height)
    size = size + sibling_size + 1

    if height > size * size, do: balance_node(node, size), else: {node, height, size}
  end

  defp measure({_, _, nil, nil}), do: {1, 1}

  defp measure({_, _, smaller, bigger}) do
    {height1, size1} = measure(smaller)
    {height2, size2} = measure(bigger)
    {2 * max(height1, height2), size1 + size2 + 1}
  end

  defp measure(nil), do: {1, 0}

  def enter(key, value, {size, node} = tree) do
    case :phial_trees.update(key, value, node) do
      nil -> insert(key, value, tree)
      updated -> {size, updated}
    end
  end

  # Balancing

  def balance({size, node}), do: {size, balance_node(node, size)}

  defp balance_node(node, size), do: build(pairs(node, []), size)

  defp build(pairs, size) do
    {node, []} = build_node(pairs, size)
    node
  end

  defp build_node([{key, value} | rest], 1), do: {{key, value, nil, nil}, rest}
  defp build_node(pairs, 0), do: {nil, pairs}

  defp build_node(pairs, size) do
    others = size - 1
    right = div(others, 2)
    {smaller, [{key, value} | rest]} = build_node(pairs, others - right)
    {bigger, rest} = build_node(rest, right)
    {{key, value, smaller, bigger}, rest}
  end

  def from_orddict(pairs) do
    size = length(pairs)
    {size, build(pairs, size)}
  end

  # Deleting

  def delete(key, {size, node}) when is_integer(size) and size >= 0, do: {size - 1, delete_1(key, node)}

  defp delete_1(key, {k, v, smaller, bigger}) when key < k, do: {k, v, delete_1(key, smaller), bigger}
  defp delete_1(key, {k, v, smaller, bigger}) when key > k, do: {k, v, smaller, delete_1(key, bigger)}
  defp delete_1(_key, {_, _, smaller, bigger}), do: merge(smaller, bigger)

  defp merge(smaller, nil), do: smaller
  defp merge(nil, bigger), do: bigger

  defp merge(smaller, bigger) do
    {key, value, bigger} = take_smallest1(bigger)
    {key, value, smaller, bigger}
  end

  def delete_any(key, tree), do: if(is_defined(key, tree), do: delete(key, tree), else: tree)

  def take(key, {size, node}) when is_integer(size) and size >= 0 do
    {value, node} = take_1(key, node)
    {value, {size - 1, node}}
  end

  defp take_1(key, {k, v, smaller, bigger}) when key < k do
    {value, smaller} = take_1(key, smaller)
    {value, {k, v, smaller, bigger}}
  end

  defp take_1(key, {k, v, smaller, bigger}) when key > k do
    {value, bigger} = take_1(key, bigger)
    {value, {k, v, smaller, bigger}}
  end

  defp take_1(_key, {_, value, smaller, bigger}), do: {value, merge(smaller, bigger)}

  def take_any(key, tree), do: if(is_defined(key, tree), do: take(key, tree), else: :error)

  def take_smallest({size, node}) when is_integer(size) and size >= 0 do
    {key, value, node} = take_smallest1(node)
    {key, value, {size - 1, node}}
  end

  defp take_smallest1({key, value, nil, bigger}), do: {key, value, bigger}

  defp take_smallest1({key, value, smaller, bigger}) do
    {least, v, smaller} = take_smallest1(smaller)
    {least, v, {key, value, smaller, bigger}}
  end

  def take_largest({size, node}) when is_integer(size) and size >= 0 do
    {key, value, node} = take_largest1(node)
    {key, value, {size - 1, node}}
  end

  defp take_largest1({key, value, smaller, nil}), do: {key, value, smaller}

  defp take_largest1({key, value, smaller, bigger}) do
    {greatest, v, bigger} = take_largest1(bigger)
    {greatest, v, {key, value, smaller, bigger}}
  end

  def smallest({_, node}), do: smallest_1(node)

  defp smallest_1({key, value, nil, _}), do: {key, value}
  defp smallest_1({_, _, smaller, _}), do: smallest_1(smaller)

  def largest({_, node}), do: largest_1(node)

  defp largest_1({key, value, _, nil}), do: {key, value}
  defp largest_1({_, _, _, bigger}), do: largest_1(bigger)

  # Walking

  def to_list({_, node}), do: pairs(node, [])

  defp pairs({key, value, smaller, bigger}, tail), do: pairs(smaller, [{key, value} | pairs(bigger, tail)])
  defp pairs(nil, tail), do: tail

  def keys(tree), do: for({key, _} <- to_list(tree), do: key)
  def values(tree), do: for({_, value} <- to_list(tree), do: value)

  # An iterator is the list of nodes whose smaller subtrees have been visited.
  def iterator({_, node}), do: descend(node, [])

  defp descend({_, _, nil, _} = node, path), do: [node | path]
  defp descend({_, _, smaller, _} = node, path), do: descend(smaller, [node | path])
  defp descend(nil, path), do: path

  def iterator_from(key, {_, node}), do: descend_from(key, node, [])

  defp descend_from(key, {k, _, _, bigger}, path) when k < key, do: descend_from(key, bigger, path)
  defp descend_from(_key, {_, _, nil, _} = node, path), do: [node | path]
  defp descend_from(key, {_, _, smaller, _} = node, path), do: descend_from(key, smaller, [node | path])
  defp descend_from(_key, nil, path), do: path

  def next([{key, value, _, bigger} | path]), do: {key, value, descend(bigger, path)}
  def next([]), do: :none

  def map(fun, {size, node}) when is_function(fun, 2), do: {size, map_node(fun, node)}

  defp map_node(_fun, nil), do: nil

  defp map_node(fun, {key, value, smaller, bigger}),
    do: {key, fun.(key, value), map_node(fun, smaller), map_node(fun, bigger)}
end
