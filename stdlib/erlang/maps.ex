# SPDX-License-Identifier: Apache-2.0
# The part of `:maps` that takes functions; get, put, merge, to_list, ... are natives. Invariant: pairs are
# visited in the order of an iterator, and every function raises {:badmap, term} for what is no map.
defmodule :maps do
  @moduledoc "Erlang's map functions."

  def map(fun, map) when is_function(fun, 2), do: :maps.from_list(map_pairs(pairs(map), fun))
  def map(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp map_pairs([{k, v} | t], fun), do: [{k, fun.(k, v)} | map_pairs(t, fun)]
  defp map_pairs([], _fun), do: []

  # An iterator is accepted wherever Erlang accepts one.
  defp pairs(map) when is_map(map), do: :phial_maps.iteration_list(map)
  defp pairs([path | inner] = iterator) when is_integer(path) and is_map(inner), do: drain(:maps.next(iterator))
  defp pairs({_, _, _} = iterator), do: drain(:maps.next(iterator))
  defp pairs(:none), do: []
  defp pairs(other), do: :erlang.error({:badmap, other})

  defp drain({k, v, rest}), do: [{k, v} | drain(:maps.next(rest))]
  defp drain(:none), do: []

  def fold(fun, acc, map) when is_function(fun, 3), do: fold_pairs(pairs(map), acc, fun)
  def fold(fun, acc, map), do: :erlang.error(:badarg, [fun, acc, map])

  defp fold_pairs([{k, v} | t], acc, fun), do: fold_pairs(t, fun.(k, v, acc), fun)
  defp fold_pairs([], acc, _fun), do: acc

  def foreach(fun, map) when is_function(fun, 2), do: foreach_pair(pairs(map), fun)
  def foreach(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp foreach_pair([{k, v} | t], fun) do
    fun.(k, v)
    foreach_pair(t, fun)
  end

  defp foreach_pair([], _fun), do: :ok

  def filter(fun, map) when is_function(fun, 2), do: :maps.from_list(filter_pairs(pairs(map), fun))
  def filter(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp filter_pairs([{k, v} = pair | t], fun) do
    case fun.(k, v) do
      true -> [pair | filter_pairs(t, fun)]
      false -> filter_pairs(t, fun)
    end
  end

  defp filter_pairs([], _fun), do: []

  def filtermap(fun, map) when is_function(fun, 2), do: :maps.from_list(filtermap_pairs(pairs(map), fun))
  def filtermap(fun, map), do: :erlang.error(:badarg, [fun, map])

  defp filtermap_pairs([{k, v} = pair | t], fun) do
    case fun.(k, v) do
      true -> [pair | filtermap_pairs(t, fun)]
      {true, value} -> [{k, value} | filtermap_pairs(t, fun)]
      false -> filtermap_pairs(t, fun)
    end
  end

  defp filtermap_pairs([], _fun), do: []

  def update_with(key, fun, %{} = map) when is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.update(key, fun.(value), map)
      %{} -> :erlang.error({:badkey, key}, [key, fun, map])
    end
  end

  def update_with(_key, _fun, map) when not is_map(map), do: :erlang.error({:badmap, map})
  def update_with(key, fun, map), do: :erlang.error(:badarg, [key, fun, map])

  def update_with(key, fun, initial, %{} = map) when is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.update(key, fun.(value), map)
      %{} -> :maps.put(key, initial, map)
    end
  end

  def update_with(_key, _fun, _initial, map) when not is_map(map), do: :erlang.error({:badmap, map})
  def update_with(key, fun, initial, map), do: :erlang.error(:badarg, [key, fun, initial, map])

  def merge_with(combiner, left, right) when is_function(combiner, 3) and is_map(left) and is_map(right) do
    merge_pairs(pairs(right), left, combiner)
  end

  def merge_with(combiner, left, right), do: :erlang.error(not_two_maps(combiner, left, right), [combiner, left, right])

  defp merge_pairs([{k, v} | t], acc, combiner) do
    case acc do
      %{^k => old} -> merge_pairs(t, :maps.update(k, combiner.(k, old, v), acc), combiner)
      %{} -> merge_pairs(t, :maps.put(k, v, acc), combiner)
    end
  end

  defp merge_pairs([], acc, _combiner), do: acc

  def intersect_with(combiner, left, right) when is_function(combiner, 3) and is_map(left) and is_map(right) do
    :maps.from_list(common_pairs(pairs(left), right, combiner))
  end

  def intersect_with(combiner, left, right), do: :erlang.error(not_two_maps(combiner, left, right), [combiner, left, right])

  defp not_two_maps(combiner, _left, _right) when not is_function(combiner, 3), do: :badarg
  defp not_two_maps(_combiner, left, _right) when not is_map(left), do: {:badmap, left}
  defp not_two_maps(_combiner, _left, right), do: {:badmap, right}

  defp common_pairs([{k, v} | t], right, combiner) do
    case right do
      %{^k => other} -> [{k, combiner.(k, v, other)} | common_pairs(t, right, combiner)]
      %{} -> common_pairs(t, right, combiner)
    end
  end

  defp common_pairs([], _right, _combiner), do: []

  def groups_from_list(key_fun, list) do
    case is_function(key_fun, 1) and proper?(list) do
      true -> group(:lists.reverse(list), key_fun, fn x -> x end, %{})
      false -> :erlang.error(:badarg, [key_fun, list])
    end
  end

  def groups_from_list(key_fun, value_fun, list) do
    case is_function(key_fun, 1) and is_function(value_fun, 1) and proper?(list) do
      true -> group(:lists.reverse(list), key_fun, value_fun, %{})
      false -> :erlang.error(:badarg, [key_fun, value_fun, list])
    end
  end

  defp proper?([_ | t]), do: proper?(t)
  defp proper?(tail), do: tail == []

  defp group([h | t], key_fun, value_fun, acc) do
    key = key_fun.(h)
    value = value_fun.(h)

    case acc do
      %{^key => values} -> group(t, key_fun, value_fun, :maps.update(key, [value | values], acc))
      %{} -> group(t, key_fun, value_fun, :maps.put(key, [value], acc))
    end
  end

  defp group([], _key_fun, _value_fun, acc), do: acc
end
