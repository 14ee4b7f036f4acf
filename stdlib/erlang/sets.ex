# SPDX-License-Identifier: Apache-2.0
# `:sets`: sets in both of OTP 25's forms, the hash table (version 1, what new/0 makes) and the map whose values are [] (version 2).
# Invariant: members are compared with =:=, and a set is the same term, in the same order, as in OTP 25.
defmodule :sets do
  @moduledoc "Erlang's sets."

  defguardp is_table(set) when :erlang.element(1, set) == :set and :erlang.tuple_size(set) == 9

  def new, do: :phial_buckets.new(:set)
  def new(version: 2), do: %{}

  def new(options) do
    case :proplists.get_value(:version, options, 1) do
      1 -> new()
      2 -> %{}
    end
  end

  def from_list(list), do: :lists.foldl(&add_element/2, new(), list)

  def from_list(list, options) do
    case new(options) do
      %{} -> :maps.from_keys(list, [])
      _ -> from_list(list)
    end
  end

  def is_set(set), do: is_map(set) or is_tuple(set) and :erlang.tuple_size(set) == 9 and :erlang.element(1, set) == :set

  def size(%{} = set), do: :erlang.map_size(set)
  def size(set) when is_table(set), do: :erlang.element(2, set)

  def is_empty(%{} = set), do: :erlang.map_size(set) == 0
  def is_empty(set) when is_table(set), do: :erlang.element(2, set) == 0

  def to_list(%{} = set), do: :maps.keys(set)
  def to_list(set) when is_table(set), do: :phial_buckets.fold(fn x, list -> [x | list] end, [], set)

  def is_element(x, %{} = set), do: :maps.is_key(x, set)
  def is_element(x, set) when is_table(set), do: :lists.member(x, :phial_buckets.bucket(:phial_buckets.slot(x, set), set))

  def add_element(x, %{} = set), do: :maps.put(x, [], set)

  def add_element(x, set) when is_table(set) do
    slot = :phial_buckets.slot(x, set)
    bucket = :phial_buckets.bucket(slot, set)

    case :lists.member(x, bucket) do
      true -> set
      false -> :phial_buckets.grown(:phial_buckets.put_bucket(slot, [x | bucket], set))
    end
  end

  def del_element(x, %{} = set), do: :maps.remove(x, set)

  def del_element(x, set) when is_table(set) do
    slot = :phial_buckets.slot(x, set)
    bucket = :phial_buckets.bucket(slot, set)

    case :lists.member(x, bucket) do
      true -> :phial_buckets.shrunk(:phial_buckets.put_bucket(slot, :lists.delete(x, bucket), set), 1)
      false -> set
    end
  end

  def union(%{} = set1, %{} = set2), do: :maps.merge(set1, set2)

  def union(set1, set2) do
    case :sets.size(set1) < :sets.size(set2) do
      true -> fold(&add_element/2, set2, set1)
      false -> fold(&add_element/2, set1, set2)
    end
  end

  def union([set1, set2 | sets]), do: union([union(set1, set2) | sets])
  def union([set]), do: set
  def union([]), do: new()

  def intersection(set1, set2) do
    case :sets.size(set1) < :sets.size(set2) do
      true -> filter(&is_element(&1, set2), set1)
      false -> filter(&is_element(&1, set1), set2)
    end
  end

  def intersection([set1, set2 | sets]), do: intersection([intersection(set1, set2) | sets])
  def intersection([set]), do: set

  def is_disjoint(set1, set2) do
    case :sets.size(set1) < :sets.size(set2) do
      true -> not :lists.any(&is_element(&1, set2), to_list(set1))
      false -> not :lists.any(&is_element(&1, set1), to_list(set2))
    end
  end

  def subtract(set1, set2), do: filter(&(not is_element(&1, set2)), set1)

  def is_subset(set1, set2) do
    :sets.size(set1) <= :sets.size(set2) and :lists.all(&is_element(&1, set2), to_list(set1))
  end

  def fold(fun, acc, %{} = set) when is_function(fun, 2), do: :lists.foldl(fun, acc, :maps.keys(set))
  def fold(fun, acc, set) when is_function(fun, 2) and is_table(set), do: :phial_buckets.fold(fun, acc, set)

  def filter(fun, %{} = set) when is_function(fun, 1), do: :maps.from_keys(:lists.filter(fun, :maps.keys(set)), [])

  def filter(fun, set) when is_function(fun, 1) and is_table(set) do
    {set, dropped} = :phial_buckets.map_buckets(&filter_bucket(&1, &2, fun), 0, set)
    :phial_buckets.shrunk(set, dropped)
  end

  # What is kept comes out in reverse, as in OTP.
  defp filter_bucket(bucket, dropped, fun) do
    kept = :lists.reverse(:lists.filter(fun, bucket))
    {kept, dropped + length(bucket) - length(kept)}
  end
end
