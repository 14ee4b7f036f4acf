# SPDX-License-Identifier: Apache-2.0
# `:sets`: sets as maps whose values are [] (Erlang's version 2 representation, for both versions).
# Invariant: members are compared with =:=.
defmodule :sets do
  @moduledoc "Erlang's sets."

  def new, do: %{}
  def new(options) when is_list(options), do: %{}

  def is_set(set), do: is_map(set)
  def size(set), do: :erlang.map_size(set)
  def is_empty(set), do: :erlang.map_size(set) == 0
  def to_list(set), do: :maps.keys(set)

  def from_list(list), do: :maps.from_keys(list, [])
  def from_list(list, options) when is_list(options), do: :maps.from_keys(list, [])

  def is_element(x, set), do: :maps.is_key(x, set)
  def add_element(x, set), do: :maps.put(x, [], set)
  def del_element(x, set), do: :maps.remove(x, set)

  def union(set1, set2), do: :maps.merge(set1, set2)

  def union([set1, set2 | sets]), do: union([union(set1, set2) | sets])
  def union([set]), do: set
  def union([]), do: new()

  def intersection(set1, set2), do: :maps.with(:maps.keys(set1), set2)

  def intersection([set1, set2 | sets]), do: intersection([intersection(set1, set2) | sets])
  def intersection([set]), do: set

  def is_disjoint(set1, set2), do: not :lists.any(&:maps.is_key(&1, set2), :maps.keys(set1))
  def subtract(set1, set2), do: :maps.without(:maps.keys(set2), set1)
  def is_subset(set1, set2), do: :lists.all(&:maps.is_key(&1, set2), :maps.keys(set1))

  def fold(fun, acc, set), do: :maps.fold(fn x, _, acc -> fun.(x, acc) end, acc, set)
  def filter(fun, set), do: :maps.filter(fn x, _ -> fun.(x) end, set)
end
