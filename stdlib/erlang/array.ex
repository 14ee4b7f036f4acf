# SPDX-License-Identifier: Apache-2.0
# `:array`: functional arrays as trees, {:array, size, max, default, elements}. A leaf is a tuple of 10 elements, an
# inner node one of 10 subtrees and the number of elements below each; a number instead of a subtree is one
# that holds defaults only. Invariant: max is 0 for arrays of fixed size, else the number that fits the tree.
defmodule :array do
  @moduledoc "Erlang's functional arrays."

  def new, do: {:array, 0, 10, :undefined, 10}
  def new(options), do: make(options, 0, false, :undefined)

  def new(size, options) when is_integer(size) and size >= 0, do: make(options, size, true, :undefined)
  def new(_size, _options), do: badarg()

  defp badarg, do: :erlang.error(:badarg)

  defp make(options, size, fixed, default) when is_list(options), do: make_from(options, size, fixed, default)
  defp make(option, size, fixed, default), do: make_from([option], size, fixed, default)

  defp make_from([:fixed | rest], size, _fixed, default), do: make_from(rest, size, true, default)
  defp make_from([{:fixed, fixed} | rest], size, _fixed, default) when is_boolean(fixed), do: make_from(rest, size, fixed, default)
  defp make_from([{:default, default} | rest], size, fixed, _default), do: make_from(rest, size, fixed, default)

  defp make_from([{:size, size} | rest], _size, _fixed, default) when is_integer(size) and size >= 0,
    do: make_from(rest, size, true, default)

  defp make_from([size | rest], _size, _fixed, default) when is_integer(size) and size >= 0,
    do: make_from(rest, size, true, default)

  defp make_from([], size, fixed, default) do
    capacity = capacity(size, 10)
    {:array, size, if(fixed, do: 0, else: capacity), default, capacity}
  end

  defp make_from(_options, _size, _fixed, _default), do: badarg()

  defp capacity(size, capacity) when size <= capacity, do: capacity
  defp capacity(size, capacity), do: capacity(size, capacity * 10)

  def is_array({:array, size, max, _, _}) when is_integer(size) and is_integer(max), do: true
  def is_array(_), do: false

  def size({:array, size, _, _, _}), do: size
  def size(_), do: badarg()

  def default({:array, _, _, default, _}), do: default
  def default(_), do: badarg()

  def fix({:array, size, _, default, elements}), do: {:array, size, 0, default, elements}

  def is_fix({:array, _, 0, _, _}), do: true
  def is_fix({:array, _, _, _, _}), do: false

  def relax({:array, size, 0, default, elements}), do: {:array, size, capacity(size, 10), default, elements}
  def relax({:array, _, _, _, _} = array), do: array

  def resize(array), do: resize(sparse_size(array), array)

  def resize(new, {:array, size, max, default, elements}) when is_integer(new) and new >= 0 do
    top = top_capacity(max, size)

    if new > top do
      {elements, capacity} = grow(elements, top, new)
      {:array, new, if(max > 0, do: capacity, else: 0), default, elements}
    else
      {:array, new, max, default, elements}
    end
  end

  def resize(_new, _array), do: badarg()

  defp top_capacity(0, size), do: capacity(size, 10)
  defp top_capacity(max, _size), do: max

  # The tree with levels added until `size` elements fit.
  defp grow(elements, capacity, size) when size <= capacity, do: {elements, capacity}
  defp grow(elements, capacity, size) when is_integer(elements), do: grow(capacity * 10, capacity * 10, size)

  defp grow(elements, capacity, size) do
    node = :erlang.setelement(1, :erlang.make_tuple(11, capacity), elements)
    grow(node, capacity * 10, size)
  end

  # Reading and writing

  def get(i, {:array, size, max, default, elements}) when is_integer(i) and i >= 0 do
    cond do
      i < size -> get_element(i, elements, default)
      max > 0 -> default
      true -> badarg()
    end
  end

  def get(_i, _array), do: badarg()

  defp get_element(_i, elements, default) when is_integer(elements), do: default
  defp get_element(i, leaf, _default) when tuple_size(leaf) == 10, do: :erlang.element(i + 1, leaf)

  defp get_element(i, node, default) do
    below = :erlang.element(11, node)
    get_element(rem(i, below), :erlang.element(div(i, below) + 1, node), default)
  end

  def set(i, value, {:array, size, max, default, elements}) when is_integer(i) and i >= 0 do
    cond do
      i < size ->
        {:array, size, max, default, set_element(i, elements, value, default)}

      i < max ->
        {:array, i + 1, max, default, set_element(i, elements, value, default)}

      max > 0 ->
        {elements, max} = grow(elements, max, i + 1)
        {:array, i + 1, max, default, set_element(i, elements, value, default)}

      true ->
        badarg()
    end
  end

  def set(_i, _value, _array), do: badarg()

  defp set_element(i, 10, value, default), do: :erlang.setelement(i + 1, :erlang.make_tuple(10, default), value)

  defp set_element(i, capacity, value, default) when is_integer(capacity),
    do: set_element(i, :erlang.make_tuple(11, div(capacity, 10)), value, default)

  defp set_element(i, leaf, value, _default) when tuple_size(leaf) == 10, do: :erlang.setelement(i + 1, leaf, value)

  defp set_element(i, node, value, default) do
    below = :erlang.element(11, node)
    at = div(i, below) + 1
    :erlang.setelement(at, node, set_element(rem(i, below), :erlang.element(at, node), value, default))
  end

  def reset(i, {:array, size, max, default, _} = array) when is_integer(i) and i >= 0 do
    cond do
      i < size and get(i, array) === default -> array
      i < size -> set(i, default, array)
      max > 0 -> array
      true -> badarg()
    end
  end

  def reset(_i, _array), do: badarg()

  # Lists

  def to_list({:array, size, _, default, elements}), do: list(elements, size, default, [])
  def to_list(_), do: badarg()

  # The first `count` elements below a node, in front of `tail`.
  defp list(_elements, 0, _default, tail), do: tail
  defp list(elements, count, default, tail) when is_integer(elements), do: :lists.duplicate(count, default) ++ tail
  defp list(leaf, count, _default, tail) when tuple_size(leaf) == 10, do: :lists.sublist(:erlang.tuple_to_list(leaf), count) ++ tail

  defp list(node, count, default, tail), do: list_below(node, 1, :erlang.element(11, node), count, default, tail)

  defp list_below(node, at, below, count, default, tail) when count > below,
    do: list(:erlang.element(at, node), below, default, list_below(node, at + 1, below, count - below, default, tail))

  defp list_below(node, at, _below, count, default, tail), do: list(:erlang.element(at, node), count, default, tail)

  def sparse_to_list({:array, _, _, default, _} = array), do: for(x <- to_list(array), x !== default, do: x)

  def to_orddict(array), do: number(to_list(array), 0)

  defp number([x | rest], i), do: [{i, x} | number(rest, i + 1)]
  defp number([], _i), do: []

  def sparse_to_orddict({:array, _, _, default, _} = array), do: for({_, x} = pair <- to_orddict(array), x !== default, do: pair)
  def sparse_to_orddict(_), do: badarg()

  def from_list(list), do: from_list(list, :undefined)

  def from_list([], default), do: new({:default, default})

  def from_list(list, default) when is_list(list) do
    size = length(list)
    {leaves, count} = leaves(list, default, [], 0)
    elements = levels(leaves, count, 10)
    {:array, size, capacity(size, 10), default, elements}
  end

  def from_list(_list, _default), do: badarg()

  defp leaves([], _default, acc, count), do: {:lists.reverse(acc), count}

  defp leaves(list, default, acc, count) do
    {group, rest} = take_group(list, 10, default)
    leaves(rest, default, [:erlang.list_to_tuple(group) | acc], count + 1)
  end

  defp take_group(rest, 0, _filler), do: {[], rest}
  defp take_group([], n, filler), do: {:lists.duplicate(n, filler), []}

  defp take_group([x | rest], n, filler) do
    {group, rest} = take_group(rest, n - 1, filler)
    {[x | group], rest}
  end

  defp levels([node], 1, _below), do: node

  defp levels(nodes, _count, below) do
    {nodes, count} = inner(nodes, below, [], 0)
    levels(nodes, count, below * 10)
  end

  defp inner([], _below, acc, count), do: {:lists.reverse(acc), count}

  defp inner(nodes, below, acc, count) do
    {group, rest} = take_group(nodes, 10, below)
    inner(rest, below, [:erlang.list_to_tuple(group ++ [below]) | acc], count + 1)
  end

  def from_orddict(pairs), do: from_orddict(pairs, :undefined)

  def from_orddict(pairs, default) when is_list(pairs),
    do: :lists.foldl(fn {i, value}, array -> set(i, value, array) end, new({:default, default}), pairs)

  def from_orddict(_pairs, _default), do: badarg()

  # Functions

  def map(fun, {:array, size, max, default, _} = array) when is_function(fun, 2) do
    mapped = for {i, x} <- to_orddict(array), do: fun.(i, x)
    rebuilt(mapped, size, max, default)
  end

  def map(_fun, _array), do: badarg()

  defp rebuilt(list, size, max, default) do
    {:array, _, _, _, elements} = from_list(list, default)
    {elements, _} = if size == 0, do: {top_capacity(max, size), 0}, else: grow(elements, capacity(size, 10), top_capacity(max, size))
    {:array, size, max, default, elements}
  end

  def sparse_map(fun, {:array, _, _, default, _} = array) when is_function(fun, 2) do
    :lists.foldl(fn {i, x}, acc -> if x === default, do: acc, else: set(i, fun.(i, x), acc) end, array, to_orddict(array))
  end

  def sparse_map(_fun, _array), do: badarg()

  def foldl(fun, acc, array) when is_function(fun, 3), do: :lists.foldl(fn {i, x}, acc -> fun.(i, x, acc) end, acc, to_orddict(array))
  def foldl(_fun, _acc, _array), do: badarg()

  def foldr(fun, acc, array) when is_function(fun, 3), do: :lists.foldr(fn {i, x}, acc -> fun.(i, x, acc) end, acc, to_orddict(array))
  def foldr(_fun, _acc, _array), do: badarg()

  def sparse_foldl(fun, acc, array) when is_function(fun, 3),
    do: :lists.foldl(fn {i, x}, acc -> fun.(i, x, acc) end, acc, sparse_to_orddict(array))

  def sparse_foldl(_fun, _acc, _array), do: badarg()

  def sparse_foldr(fun, acc, array) when is_function(fun, 3),
    do: :lists.foldr(fn {i, x}, acc -> fun.(i, x, acc) end, acc, sparse_to_orddict(array))

  def sparse_foldr(_fun, _acc, _array), do: badarg()

  def sparse_size(array) do
    case :lists.reverse(sparse_to_orddict(array)) do
      [{i, _} | _] -> i + 1
      [] -> 0
    end
  end
end
