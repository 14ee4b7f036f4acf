# SPDX-License-Identifier: Apache-2.0
# MapSet: sets whose members are the keys of a map, and their protocol implementations. Invariant: every key's
# value is [], so that two sets with the same members are equal terms.
defmodule MapSet do
  @moduledoc "Functions for sets."

  defstruct map: %{}, version: 2

  @type value :: term
  @opaque internal(value) :: %{optional(value) => []}
  @type t(value) :: %__MODULE__{map: internal(value)}
  @type t :: t(term)

  @doc """
  Returns an empty set.

      iex> MapSet.new()
      MapSet.new([])
  """
  @spec new :: t
  def new, do: %MapSet{}

  @doc """
  Makes a set of the elements.

      iex> MapSet.new([3, 1, 3])
      MapSet.new([1, 3])
  """
  @spec new(Enumerable.t()) :: t
  def new(enumerable)
  def new(%MapSet{} = set), do: set
  def new(enumerable), do: %MapSet{map: :maps.from_keys(Enum.to_list(enumerable), [])}

  @doc """
  Makes a set of what `transform` answers for the elements.

      iex> MapSet.new([1, 2], &(&1 * 2))
      MapSet.new([2, 4])
  """
  @spec new(Enumerable.t(), (term -> val)) :: t(val) when val: value
  def new(enumerable, transform) when is_function(transform, 1),
    do: %MapSet{map: :maps.from_keys(Enum.map(enumerable, transform), [])}

  @doc """
  Adds a value.

      iex> MapSet.put(MapSet.new([1]), 2)
      MapSet.new([1, 2])
  """
  @spec put(t(val), new_val) :: t(val | new_val) when val: value, new_val: value
  def put(%MapSet{map: map} = set, value), do: %{set | map: :maps.put(value, [], map)}

  @doc """
  Deletes a value.

      iex> MapSet.delete(MapSet.new([1, 2]), 2)
      MapSet.new([1])
  """
  @spec delete(t(val1), val2) :: t(val1) when val1: value, val2: value
  def delete(%MapSet{map: map} = set, value), do: %{set | map: :maps.remove(value, map)}

  @doc """
  Returns the number of members.

      iex> MapSet.size(MapSet.new([1, 2]))
      2
  """
  @spec size(t) :: non_neg_integer
  def size(%MapSet{map: map}), do: map_size(map)

  @doc """
  Tells whether `value` is a member.

      iex> MapSet.member?(MapSet.new([1, 2]), 1)
      true
  """
  @spec member?(t, value) :: boolean
  def member?(%MapSet{map: map}, value), do: :maps.is_key(value, map)

  @doc """
  Returns the members.

      iex> MapSet.to_list(MapSet.new([1, 2]))
      [1, 2]
  """
  @spec to_list(t(val)) :: [val] when val: value
  def to_list(%MapSet{map: map}), do: :maps.keys(map)

  @doc """
  Returns the members of either set.

      iex> MapSet.union(MapSet.new([1]), MapSet.new([2]))
      MapSet.new([1, 2])
  """
  @spec union(t(val1), t(val2)) :: t(val1 | val2) when val1: value, val2: value
  def union(%MapSet{map: map1} = set, %MapSet{map: map2}), do: %{set | map: :maps.merge(map1, map2)}

  @doc """
  Returns the members of both sets.

      iex> MapSet.intersection(MapSet.new([1, 2]), MapSet.new([2, 3]))
      MapSet.new([2])
  """
  @spec intersection(t(val), t(val)) :: t(val) when val: value
  def intersection(%MapSet{map: map1} = set, %MapSet{map: map2}) do
    {small, big} = if map_size(map1) <= map_size(map2), do: {map1, map2}, else: {map2, map1}
    %{set | map: :maps.with(:maps.keys(small), big)}
  end

  @doc """
  Returns the members of the first set that are not in the second.

      iex> MapSet.difference(MapSet.new([1, 2]), MapSet.new([2, 3]))
      MapSet.new([1])
  """
  @spec difference(t(val1), t(val2)) :: t(val1) when val1: value, val2: value
  def difference(%MapSet{map: map1} = set, %MapSet{map: map2}), do: %{set | map: without(map1, map2)}

  defp without(map1, map2) when map_size(map1) < map_size(map2) * 2,
    do: :maps.from_keys(absent(:maps.keys(map1), map2), [])

  defp without(map1, map2), do: :maps.without(:maps.keys(map2), map1)

  defp absent([key | keys], map) do
    case map do
      %{^key => _} -> absent(keys, map)
      %{} -> [key | absent(keys, map)]
    end
  end

  defp absent([], _map), do: []

  @doc """
  Returns the members of exactly one of the sets.

      iex> MapSet.symmetric_difference(MapSet.new([1, 2]), MapSet.new([2, 3]))
      MapSet.new([1, 3])
  """
  @spec symmetric_difference(t(val1), t(val2)) :: t(val1 | val2) when val1: value, val2: value
  def symmetric_difference(%MapSet{map: map1} = set, %MapSet{map: map2}),
    do: %{set | map: :maps.merge(without(map1, map2), without(map2, map1))}

  @doc """
  Tells whether all members of the first set are in the second.

      iex> MapSet.subset?(MapSet.new([1]), MapSet.new([1, 2]))
      true
  """
  @spec subset?(t, t) :: boolean
  def subset?(%MapSet{map: map1}, %MapSet{map: map2}),
    do: map_size(map1) <= map_size(map2) and :phial_maps.has_all(map1, map2)

  @doc """
  Tells whether the sets have no member in common.

      iex> MapSet.disjoint?(MapSet.new([1]), MapSet.new([2]))
      true
  """
  @spec disjoint?(t, t) :: boolean
  def disjoint?(%MapSet{map: map1}, %MapSet{map: map2}) do
    {small, big} = if map_size(map1) <= map_size(map2), do: {map1, map2}, else: {map2, map1}
    not :phial_maps.has_any(small, big)
  end

  @doc """
  Tells whether the sets have the same members.

      iex> MapSet.equal?(MapSet.new([1, 2]), MapSet.new([2, 1]))
      true
  """
  @spec equal?(t, t) :: boolean
  def equal?(%MapSet{map: map1}, %MapSet{map: map2}), do: map1 === map2

  @doc """
  Keeps the members for which `fun` is truthy.

      iex> MapSet.filter(MapSet.new([1, 2]), &(&1 > 1))
      MapSet.new([2])
  """
  @spec filter(t(a), (a -> as_boolean(term))) :: t(a) when a: value
  def filter(%MapSet{map: map} = set, fun) when is_function(fun),
    do: %{set | map: :maps.from_list(for({key, _} = entry <- map, fun.(key), do: entry))}

  @doc """
  Drops the members for which `fun` is truthy.

      iex> MapSet.reject(MapSet.new([1, 2]), &(&1 > 1))
      MapSet.new([1])
  """
  @spec reject(t(a), (a -> as_boolean(term))) :: t(a) when a: value
  def reject(%MapSet{map: map} = set, fun) when is_function(fun),
    do: %{set | map: :maps.from_list(for({key, _} = entry <- map, !fun.(key), do: entry))}
end

defimpl Enumerable, for: MapSet do
  def count(set), do: {:ok, MapSet.size(set)}
  def member?(set, value), do: {:ok, MapSet.member?(set, value)}
  def reduce(set, acc, fun), do: Enumerable.List.reduce(MapSet.to_list(set), acc, fun)
  def slice(set), do: {:ok, MapSet.size(set), &MapSet.to_list/1}
end

defimpl Collectable, for: MapSet do
  def into(set), do: {[], collector(set)}

  defp collector(set) do
    fn
      list, {:cont, value} -> [value | list]
      list, :done -> MapSet.union(set, MapSet.new(list))
      _list, :halt -> :ok
    end
  end
end

defimpl Inspect, for: MapSet do
  import Inspect.Algebra

  def inspect(set, opts), do: concat(["MapSet.new(", Inspect.List.inspect(MapSet.to_list(set), list_opts(opts)), ")"])

  defp list_opts(opts), do: %{opts | charlists: :as_lists}
end
