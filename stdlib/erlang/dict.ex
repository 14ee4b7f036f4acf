# SPDX-License-Identifier: Apache-2.0
# `:dict`: dictionaries as hash tables of [key | value]. Invariant: keys are compared with =:=, and a dictionary is the same term,
# in the same order, as in OTP 25; what is none raises {:badrecord, term}.
defmodule :dict do
  @moduledoc "Erlang's dictionaries."

  def new, do: :phial_buckets.new(:dict)

  def from_list(pairs), do: :lists.foldl(fn {key, value}, dict -> store(key, value, dict) end, new(), pairs)
  def to_list(dict), do: fold(fn key, value, list -> [{key, value} | list] end, [], dict)
  def fetch_keys(dict), do: fold(fn key, _value, list -> [key | list] end, [], dict)
  def size(dict) when :erlang.element(1, dict) == :dict, do: :erlang.element(2, dict)
  def is_empty(dict) when :erlang.element(1, dict) == :dict, do: :erlang.element(2, dict) == 0

  defp table(dict) when :erlang.element(1, dict) == :dict and :erlang.tuple_size(dict) == 9, do: dict
  defp table(other), do: :erlang.error({:badrecord, other})

  defp place(key, dict) do
    slot = :phial_buckets.slot(key, table(dict))
    {slot, :phial_buckets.bucket(slot, dict)}
  end

  defp found(key, dict) do
    {_, bucket} = place(key, dict)
    lookup(bucket, key)
  end

  defp lookup([[key | value] | _], key), do: {:ok, value}
  defp lookup([_ | rest], key), do: lookup(rest, key)
  defp lookup([], _key), do: :error

  def is_key(key, dict), do: found(key, dict) != :error
  def find(key, dict), do: found(key, dict)

  def fetch(key, dict) do
    case found(key, dict) do
      {:ok, value} -> value
      :error -> :erlang.error(:badarg)
    end
  end

  def take(key, dict) do
    case found(key, dict) do
      {:ok, value} -> {value, erase(key, dict)}
      :error -> :error
    end
  end

  def erase(key, dict) do
    {slot, bucket} = place(key, dict)

    case lookup(bucket, key) do
      {:ok, _} -> :phial_buckets.shrunk(:phial_buckets.put_bucket(slot, remove(bucket, key), dict), 1)
      :error -> dict
    end
  end

  defp remove([[key | _] | rest], key), do: rest
  defp remove([pair | rest], key), do: [pair | remove(rest, key)]

  def store(key, value, dict), do: change(key, dict, fn _ -> value end, fn -> value end)
  def append(key, value, dict), do: change(key, dict, &(&1 ++ [value]), fn -> [value] end)
  def append_list(key, list, dict), do: change(key, dict, &(&1 ++ list), fn -> list end)
  def update(key, fun, dict), do: change(key, dict, fun, fn -> :erlang.error(:badarg) end)
  def update(key, fun, initial, dict) when is_function(fun, 1), do: change(key, dict, fun, fn -> initial end)

  def update_counter(key, increment, dict) when is_number(increment),
    do: change(key, dict, &(&1 + increment), fn -> increment end)

  # The pair of a key keeps its place in its bucket; a new one is the last.
  defp change(key, dict, known, new) do
    {slot, bucket} = place(key, dict)

    case replace(bucket, key, known, []) do
      :none -> :phial_buckets.grown(:phial_buckets.put_bucket(slot, bucket ++ [[key | new.()]], dict))
      bucket -> :phial_buckets.put_bucket(slot, bucket, dict)
    end
  end

  defp replace([[key | value] | rest], key, known, passed), do: :lists.reverse(passed, [[key | known.(value)] | rest])
  defp replace([pair | rest], key, known, passed), do: replace(rest, key, known, [pair | passed])
  defp replace([], _key, _known, _passed), do: :none

  def fold(fun, acc, dict) when is_function(fun, 3), do: :phial_buckets.fold(fn [key | value], acc -> fun.(key, value, acc) end, acc, table(dict))

  def map(fun, dict) when is_function(fun, 2) do
    {dict, _} = :phial_buckets.map_buckets(fn bucket, _ -> {for([key | value] <- bucket, do: [key | fun.(key, value)]), 0} end, 0, table(dict))
    dict
  end

  def filter(fun, dict) when is_function(fun, 2) do
    {dict, dropped} = :phial_buckets.map_buckets(&filter_bucket(&1, &2, fun), 0, table(dict))
    :phial_buckets.shrunk(dict, dropped)
  end

  defp filter_bucket(bucket, dropped, fun) do
    kept = :lists.filter(fn [key | value] -> fun.(key, value) end, bucket)
    {kept, dropped + length(bucket) - length(kept)}
  end

  def merge(fun, dict1, dict2) do
    case :dict.size(dict1) < :dict.size(dict2) do
      true -> fold(fn key, value1, dict -> update(key, &fun.(key, value1, &1), value1, dict) end, dict2, dict1)
      false -> fold(fn key, value2, dict -> update(key, &fun.(key, &1, value2), value2, dict) end, dict1, dict2)
    end
  end
end
