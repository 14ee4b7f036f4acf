# SPDX-License-Identifier: Apache-2.0
# `:dict`: dictionaries, kept as {:dict, map}. Invariant: keys are compared with =:=; the order of pairs is the map's.
defmodule :dict do
  @moduledoc "Erlang's dictionaries."

  def new, do: {:dict, %{}}
  def to_list({:dict, map}), do: :maps.to_list(map)
  def size({:dict, map}), do: :erlang.map_size(map)
  def is_empty({:dict, map}), do: :erlang.map_size(map) == 0
  def from_list(pairs), do: {:dict, :maps.from_list(pairs)}
  def is_key(key, {:dict, map}), do: :maps.is_key(key, map)
  def fetch_keys({:dict, map}), do: :maps.keys(map)
  def find(key, {:dict, map}), do: :maps.find(key, map)

  def fetch(key, {:dict, map}) do
    case map do
      %{^key => value} -> value
      %{} -> :erlang.error(:badarg)
    end
  end

  def take(key, {:dict, map}) do
    case :maps.take(key, map) do
      {value, map} -> {value, {:dict, map}}
      :error -> :error
    end
  end

  def erase(key, {:dict, map}), do: {:dict, :maps.remove(key, map)}
  def store(key, value, {:dict, map}), do: {:dict, :maps.put(key, value, map)}
  def append(key, value, dict), do: append_list(key, [value], dict)
  def append_list(key, list, dict), do: update(key, &(&1 ++ list), list, dict)

  def update(key, fun, {:dict, map}) do
    case map do
      %{^key => value} -> {:dict, :maps.put(key, fun.(value), map)}
      %{} -> :erlang.error(:badarg)
    end
  end

  def update(key, fun, initial, {:dict, map}), do: {:dict, :maps.update_with(key, fun, initial, map)}
  def update_counter(key, increment, dict), do: update(key, &(&1 + increment), increment, dict)
  def fold(fun, acc, {:dict, map}), do: :maps.fold(fun, acc, map)
  def map(fun, {:dict, map}), do: {:dict, :maps.map(fun, map)}
  def filter(fun, {:dict, map}), do: {:dict, :maps.filter(fun, map)}
  def merge(fun, {:dict, map1}, {:dict, map2}), do: {:dict, :maps.merge_with(fun, map1, map2)}
end
