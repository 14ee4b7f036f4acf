# SPDX-License-Identifier: Apache-2.0
# Map: functions for maps. Invariant: what is no map raises BadMapError ({:badmap, term}), and a missing key
# raises KeyError in the functions that end with `!` or with "fetch the value to update".
defmodule Map do
  @moduledoc "Functions for maps."

  @type key :: any
  @type value :: any

  @doc """
  Returns a new empty map.

      iex> Map.new()
      %{}
  """
  @spec new :: map
  def new, do: %{}

  @doc """
  Makes a map of pairs; the last of equal keys wins.

      iex> Map.new(a: 1, b: 2)
      %{a: 1, b: 2}
  """
  @spec new(Enumerable.t()) :: map
  def new(enumerable)
  def new(list) when is_list(list), do: :maps.from_list(list)
  def new(%{__struct__: _} = enumerable), do: :maps.from_list(Enum.to_list(enumerable))
  def new(%{} = map), do: map
  def new(enumerable), do: :maps.from_list(Enum.to_list(enumerable))

  @doc """
  Makes a map of the pairs that `transform` answers.

      iex> Map.new([:a, :b], fn x -> {x, x} end)
      %{a: :a, b: :b}
  """
  @spec new(Enumerable.t(), (term -> {key, value})) :: map
  def new(enumerable, transform) when is_function(transform, 1), do: :maps.from_list(Enum.map(enumerable, transform))

  @doc """
  Makes a map of `keys`, each with `value`.

      iex> Map.from_keys([:a, :b], 0)
      %{a: 0, b: 0}
  """
  @spec from_keys([key], value) :: map
  def from_keys(keys, value), do: :maps.from_keys(keys, value)

  @doc """
  Returns the fields of a struct as a map.

      iex> Map.from_struct(1..2)
      %{first: 1, last: 2, step: 1}
  """
  @spec from_struct(atom | struct) :: map
  def from_struct(struct) when is_atom(struct), do: :maps.remove(:__struct__, struct.__struct__())
  def from_struct(%_{} = struct), do: :maps.remove(:__struct__, struct)

  @doc """
  Returns the keys.

      iex> Map.keys(%{a: 1, b: 2})
      [:a, :b]
  """
  @spec keys(map) :: [key]
  def keys(map), do: :maps.keys(map)

  @doc """
  Returns the values.

      iex> Map.values(%{a: 1, b: 2})
      [1, 2]
  """
  @spec values(map) :: [value]
  def values(map), do: :maps.values(map)

  @doc """
  Returns the pairs.

      iex> Map.to_list(%{a: 1})
      [a: 1]
  """
  @spec to_list(map) :: [{term, term}]
  def to_list(map), do: :maps.to_list(map)

  @doc """
  Tells whether `key` is in the map.

      iex> Map.has_key?(%{a: 1}, :a)
      true
  """
  @spec has_key?(map, key) :: boolean
  def has_key?(map, key), do: :maps.is_key(key, map)

  @doc """
  Tells whether two maps are equal (`===`).

      iex> Map.equal?(%{a: 1}, %{a: 1.0})
      false
  """
  @spec equal?(map, map) :: boolean
  def equal?(map1, map2)
  def equal?(%{} = map1, %{} = map2), do: map1 === map2
  def equal?(%{}, other), do: :erlang.error({:badmap, other})
  def equal?(other, _), do: :erlang.error({:badmap, other})

  # Reading

  @doc """
  Returns the value for `key`, or `default`.

      iex> Map.get(%{a: 1}, :b, 3)
      3
  """
  @spec get(map, key, value) :: value
  def get(map, key, default \\ nil)

  def get(map, key, default) do
    case map do
      %{^key => value} -> value
      %{} -> default
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Returns the value for `key`, or what `fun` answers.

      iex> Map.get_lazy(%{a: 1}, :b, fn -> 13 end)
      13
  """
  @spec get_lazy(map, key, (() -> value)) :: value
  def get_lazy(map, key, fun) when is_function(fun, 0) do
    case map do
      %{^key => value} -> value
      %{} -> fun.()
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Returns `{:ok, value}` or `:error`.

      iex> Map.fetch(%{a: 1}, :a)
      {:ok, 1}
  """
  @spec fetch(map, key) :: {:ok, value} | :error
  def fetch(map, key) do
    case map do
      %{^key => value} -> {:ok, value}
      %{} -> :error
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Returns the value for `key` or raises `KeyError`.

      iex> Map.fetch!(%{a: 1}, :a)
      1
  """
  @spec fetch!(map, key) :: value
  def fetch!(map, key) do
    case map do
      %{^key => value} -> value
      %{} -> missing(map, key)
      _ -> :erlang.error({:badmap, map})
    end
  end

  defp missing(map, key), do: raise(KeyError, key: key, term: map)

  # Writing

  @doc """
  Puts `value` under `key`.

      iex> Map.put(%{a: 1}, :b, 2)
      %{a: 1, b: 2}
  """
  @spec put(map, key, value) :: map
  def put(map, key, value), do: :maps.put(key, value, map)

  @doc """
  Puts `value` unless the key is there.

      iex> Map.put_new(%{a: 1}, :a, 3)
      %{a: 1}
  """
  @spec put_new(map, key, value) :: map
  def put_new(map, key, value) do
    case map do
      %{^key => _} -> map
      %{} -> :maps.put(key, value, map)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Puts what `fun` answers unless the key is there.

      iex> Map.put_new_lazy(%{a: 1}, :b, fn -> 2 end)
      %{a: 1, b: 2}
  """
  @spec put_new_lazy(map, key, (() -> value)) :: map
  def put_new_lazy(map, key, fun) when is_function(fun, 0) do
    case map do
      %{^key => _} -> map
      %{} -> :maps.put(key, fun.(), map)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Replaces the value if the key is there.

      iex> Map.replace(%{a: 1}, :b, 2)
      %{a: 1}
  """
  @spec replace(map, key, value) :: map
  def replace(map, key, value) do
    case map do
      %{^key => _} -> :maps.update(key, value, map)
      %{} -> map
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Replaces the value or raises `KeyError`.

      iex> Map.replace!(%{a: 1}, :a, 2)
      %{a: 2}
  """
  @spec replace!(map, key, value) :: map
  def replace!(map, key, value) do
    case map do
      %{^key => _} -> :maps.update(key, value, map)
      %{} -> missing(map, key)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Replaces the value by what `fun` makes of it, if the key is there.

      iex> Map.replace_lazy(%{a: 1}, :a, &(&1 * 4))
      %{a: 4}
  """
  @spec replace_lazy(map, key, (value -> value)) :: map
  def replace_lazy(map, key, fun) when is_map(map) and is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.update(key, fun.(value), map)
      %{} -> map
    end
  end

  @doc """
  Updates the value with `fun`, or puts `default`.

      iex> Map.update(%{a: 1}, :a, 13, &(&1 * 2))
      %{a: 2}
  """
  @spec update(map, key, value, (value -> value)) :: map
  def update(map, key, default, fun) when is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.update(key, fun.(value), map)
      %{} -> :maps.put(key, default, map)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Updates the value with `fun` or raises `KeyError`.

      iex> Map.update!(%{a: 1}, :a, &(&1 * 2))
      %{a: 2}
  """
  @spec update!(map, key, (value -> value)) :: map
  def update!(map, key, fun) when is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.update(key, fun.(value), map)
      %{} -> missing(map, key)
      _ -> :erlang.error({:badmap, map})
    end
  end

  @doc """
  Gets and updates at once: `fun` answers `{get, new_value}` or `:pop`.

      iex> Map.get_and_update(%{a: 1}, :a, fn x -> {x, x + 1} end)
      {1, %{a: 2}}
  """
  @spec get_and_update(map, key, (value | nil -> {current, value} | :pop)) :: {current, map} when current: value
  def get_and_update(map, key, fun) when is_function(fun, 1) do
    current = get(map, key)
    got_and_updated(fun.(current), map, key, current)
  end

  @doc """
  The same as `get_and_update/3`, but raises `KeyError` if there is no such key.

      iex> Map.get_and_update!(%{a: 1}, :a, fn _ -> :pop end)
      {1, %{}}
  """
  @spec get_and_update!(map, key, (value -> {current, value} | :pop)) :: {current, map} when current: value
  def get_and_update!(map, key, fun) when is_function(fun, 1) do
    current = fetch!(map, key)
    got_and_updated(fun.(current), map, key, current)
  end

  defp got_and_updated({get, update}, map, key, _current), do: {get, put(map, key, update)}
  defp got_and_updated(:pop, map, key, current), do: {current, delete(map, key)}

  defp got_and_updated(other, _map, _key, _current),
    do: raise("the given function must return a two-element tuple or :pop, got: #{inspect(other)}")

  @doc """
  Merges, the second map winning.

      iex> Map.merge(%{a: 1}, %{a: 2, b: 3})
      %{a: 2, b: 3}
  """
  @spec merge(map, map) :: map
  def merge(map1, map2), do: :maps.merge(map1, map2)

  @doc """
  Merges, and lets `fun` decide about keys in both.

      iex> Map.merge(%{a: 1}, %{a: 2}, fn _key, v1, v2 -> v1 + v2 end)
      %{a: 3}
  """
  @spec merge(map, map, (key, value, value -> value)) :: map
  def merge(map1, map2, fun) when is_function(fun, 3) do
    is_map(map1) || :erlang.error({:badmap, map1})
    :maps.merge_with(fun, map1, map2)
  end

  # Removing

  @doc """
  Deletes a key.

      iex> Map.delete(%{a: 1, b: 2}, :a)
      %{b: 2}
  """
  @spec delete(map, key) :: map
  def delete(map, key), do: :maps.remove(key, map)

  @doc """
  Deletes keys.

      iex> Map.drop(%{a: 1, b: 2}, [:b])
      %{a: 1}
  """
  @spec drop(map, [key]) :: map
  def drop(map, keys)
  def drop(map, keys) when is_map(map), do: :maps.without(key_list(keys, "drop"), map)
  def drop(non_map, _keys), do: :erlang.error({:badmap, non_map})

  # Keys that are no list are taken still, with a warning.
  defp key_list(keys, _function) when is_list(keys), do: keys

  defp key_list(keys, function) do
    IO.warn("Map.#{function}/2 with an Enumerable of keys that is not a list is deprecated.  Use a list of keys instead.")
    Enum.to_list(keys)
  end

  @doc """
  Keeps only these keys.

      iex> Map.take(%{a: 1, b: 2}, [:b, :x])
      %{b: 2}
  """
  @spec take(map, [key]) :: map
  def take(map, keys)
  def take(map, keys) when is_map(map), do: :maps.with(key_list(keys, "take"), map)
  def take(non_map, _keys), do: :erlang.error({:badmap, non_map})

  @doc """
  Splits into the part with these keys and the rest.

      iex> Map.split(%{a: 1, b: 2}, [:a])
      {%{a: 1}, %{b: 2}}
  """
  @spec split(map, [key]) :: {map, map}
  def split(map, keys)

  def split(map, keys) when is_map(map) do
    keys = key_list(keys, "split")
    {:maps.with(keys, map), :maps.without(keys, map)}
  end

  def split(non_map, _keys), do: :erlang.error({:badmap, non_map})

  @doc """
  Returns the value (or `default`) and the map without the key.

      iex> Map.pop(%{a: 1}, :a)
      {1, %{}}
  """
  @spec pop(map, key, default) :: {value, map} | {default, map} when default: value
  def pop(map, key, default \\ nil) do
    case :maps.take(key, map) do
      {_, _} = popped -> popped
      :error -> {default, map}
    end
  end

  @doc """
  Returns the value and the map without the key, or raises `KeyError`.

      iex> Map.pop!(%{a: 1}, :a)
      {1, %{}}
  """
  @spec pop!(map, key) :: {value, map}
  def pop!(map, key) do
    case :maps.take(key, map) do
      {_, _} = popped -> popped
      :error -> missing(map, key)
    end
  end

  @doc """
  Returns the value (or what `fun` answers) and the map without the key.

      iex> Map.pop_lazy(%{a: 1}, :b, fn -> 13 end)
      {13, %{a: 1}}
  """
  @spec pop_lazy(map, key, (() -> value)) :: {value, map}
  def pop_lazy(map, key, fun) when is_function(fun, 0) do
    case :maps.take(key, map) do
      {_, _} = popped -> popped
      :error -> {fun.(), map}
    end
  end

  @doc """
  Keeps the pairs for which `fun` is truthy.

      iex> Map.filter(%{a: 1, b: 2}, fn {_key, value} -> value > 1 end)
      %{b: 2}
  """
  @spec filter(map, ({key, value} -> as_boolean(term))) :: map
  def filter(map, fun) when is_map(map) and is_function(fun, 1),
    do: :maps.from_list(Enum.filter(:phial_maps.iteration_list(map), fun))

  @doc """
  Drops the pairs for which `fun` is truthy.

      iex> Map.reject(%{a: 1, b: 2}, fn {_key, value} -> value > 1 end)
      %{a: 1}
  """
  @spec reject(map, ({key, value} -> as_boolean(term))) :: map
  def reject(map, fun) when is_map(map) and is_function(fun, 1),
    do: :maps.from_list(Enum.reject(:phial_maps.iteration_list(map), fun))

  @doc false
  @deprecated "Use Kernel.map_size/1 instead"
  def size(map), do: map_size(map)

  @doc false
  @deprecated "Use Map.new/2 instead (invoke Map.from_struct/1 before if you have a struct)"
  def map(map, fun) when is_map(map), do: :maps.map(fn key, value -> fun.({key, value}) end, map)
end
