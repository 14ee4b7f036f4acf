# SPDX-License-Identifier: Apache-2.0
# `:ordsets`: sets as sorted lists. Invariant: strictly ascending in term order, 1 and 1.0 being the same.
defmodule :ordsets do
  @moduledoc "Erlang's ordered sets."

  def new, do: []

  def is_set([x | rest]), do: ascending?(rest, x)
  def is_set([]), do: true
  def is_set(_), do: false

  defp ascending?([y | rest], x) when x < y, do: ascending?(rest, y)
  defp ascending?([], _x), do: true
  defp ascending?(_, _x), do: false

  def size(set), do: length(set)
  def is_empty(set), do: set == []
  def to_list(set), do: set
  def from_list(list), do: :lists.usort(list)

  def is_element(x, [y | rest]) when x > y, do: is_element(x, rest)
  def is_element(x, [y | _]) when x < y, do: false
  def is_element(_x, [_ | _]), do: true
  def is_element(_x, []), do: false

  def add_element(x, [y | rest]) when x > y, do: [y | add_element(x, rest)]
  def add_element(x, [y | _] = set) when x < y, do: [x | set]
  def add_element(_x, [_ | _] = set), do: set
  def add_element(x, []), do: [x]

  def del_element(x, [y | rest]) when x > y, do: [y | del_element(x, rest)]
  def del_element(x, [y | _] = set) when x < y, do: set
  def del_element(_x, [_ | rest]), do: rest
  def del_element(_x, []), do: []

  def union([x | xs], [y | _] = ys) when x < y, do: [x | union(xs, ys)]
  def union([x | _] = xs, [y | ys]) when x > y, do: [y | union(ys, xs)]
  def union([x | xs], [_ | ys]), do: [x | union(xs, ys)]
  def union([], ys), do: ys
  def union(xs, []), do: xs

  def union(sets), do: :lists.umerge(sets)

  def intersection([x | xs], [y | _] = ys) when x < y, do: intersection(xs, ys)
  def intersection([x | _] = xs, [y | ys]) when x > y, do: intersection(ys, xs)
  def intersection([x | xs], [_ | ys]), do: [x | intersection(xs, ys)]
  def intersection([], _), do: []
  def intersection(_, []), do: []

  def intersection([set]), do: set
  def intersection([set1, set2 | sets]), do: intersection([intersection(set1, set2) | sets])

  def is_disjoint([x | xs], [y | _] = ys) when x < y, do: is_disjoint(xs, ys)
  def is_disjoint([x | _] = xs, [y | ys]) when x > y, do: is_disjoint(xs, ys)
  def is_disjoint([_ | _], [_ | _]), do: false
  def is_disjoint([], _), do: true
  def is_disjoint(_, []), do: true

  def subtract([x | xs], [y | _] = ys) when x < y, do: [x | subtract(xs, ys)]
  def subtract([x | _] = xs, [y | ys]) when x > y, do: subtract(xs, ys)
  def subtract([_ | xs], [_ | ys]), do: subtract(xs, ys)
  def subtract([], _), do: []
  def subtract(xs, []), do: xs

  def is_subset([x | _], [y | _]) when x < y, do: false
  def is_subset([x | _] = xs, [y | ys]) when x > y, do: is_subset(xs, ys)
  def is_subset([_ | xs], [_ | ys]), do: is_subset(xs, ys)
  def is_subset([], _), do: true
  def is_subset(_, []), do: false

  def fold(fun, acc, set), do: :lists.foldl(fun, acc, set)
  def filter(fun, set), do: :lists.filter(fun, set)
end
