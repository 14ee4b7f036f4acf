# SPDX-License-Identifier: Apache-2.0
# Keyword: lists of pairs whose keys are atoms, possibly repeated. Invariant: what writes a key leaves no later
# pair with that key behind; what reads one takes the first; the order of the other pairs never changes.
defmodule Keyword do
  @moduledoc "Functions for keyword lists."

  @type key :: atom
  @type value :: any
  @type t :: [{key, value}]
  @type t(value) :: [{key, value}]

  @doc """
  Tells whether the term is a keyword list.

      iex> Keyword.keyword?(a: 1)
      true
  """
  @spec keyword?(term) :: boolean
  def keyword?(term)
  def keyword?([{key, _value} | rest]) when is_atom(key), do: keyword?(rest)
  def keyword?([]), do: true
  def keyword?(_other), do: false

  @doc """
  Returns an empty keyword list.

      iex> Keyword.new()
      []
  """
  @spec new :: []
  def new, do: []

  @doc """
  Makes a keyword list of pairs, without duplicates: the last of equal keys stays.

      iex> Keyword.new([{:b, 1}, {:a, 2}])
      [b: 1, a: 2]
  """
  @spec new(Enumerable.t()) :: t
  def new(pairs), do: new(pairs, fn pair -> pair end)

  @doc """
  Makes a keyword list of the pairs that `transform` answers.

      iex> Keyword.new([:a, :b], fn x -> {x, x} end)
      [a: :a, b: :b]
  """
  @spec new(Enumerable.t(), (term -> {key, value})) :: t
  def new(pairs, transform) when is_function(transform, 1),
    do: pairs |> Enum.reduce([], fn x, acc -> [transform.(x) | acc] end) |> keep_new([])

  defp keep_new([pair | pairs], acc) do
    {key, value} = pair
    keep_new(pairs, put_new(acc, key, value))
  end

  defp keep_new([], acc), do: acc

  @doc """
  Makes a keyword list of `keys`, each with `value`.

      iex> Keyword.from_keys([:a, :b], 0)
      [a: 0, b: 0]
  """
  @spec from_keys([key], value) :: t
  def from_keys(keys, value) when is_list(keys), do: Enum.map(keys, &{&1, value})

  # Reading

  @doc """
  Returns the first value for `key`, or `default`.

      iex> Keyword.get([a: 1], :b, 3)
      3
  """
  @spec get(t, key, value) :: value
  def get(keywords, key, default \\ nil) when is_list(keywords) and is_atom(key) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> value
      false -> default
    end
  end

  @doc """
  Returns the first value for `key`, or what `fun` answers.

      iex> Keyword.get_lazy([a: 1], :b, fn -> 13 end)
      13
  """
  @spec get_lazy(t, key, (() -> value)) :: value
  def get_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> value
      false -> fun.()
    end
  end

  @doc """
  Returns `{:ok, value}` or `:error`.

      iex> Keyword.fetch([a: 1], :a)
      {:ok, 1}
  """
  @spec fetch(t, key) :: {:ok, value} | :error
  def fetch(keywords, key) when is_list(keywords) and is_atom(key) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> {:ok, value}
      false -> :error
    end
  end

  @doc """
  Returns the first value for `key` or raises `KeyError`.

      iex> Keyword.fetch!([a: 1], :a)
      1
  """
  @spec fetch!(t, key) :: value
  def fetch!(keywords, key) when is_list(keywords) and is_atom(key) do
    case :lists.keyfind(key, 1, keywords) do
      {^key, value} -> value
      false -> missing(keywords, key)
    end
  end

  defp missing(keywords, key), do: raise(KeyError, key: key, term: keywords)

  @doc """
  Returns all values for `key`.

      iex> Keyword.get_values([a: 1, b: 2, a: 3], :a)
      [1, 3]
  """
  @spec get_values(t, key) :: [value]
  def get_values(keywords, key) when is_list(keywords) and is_atom(key), do: get_all(keywords, key)

  defp get_all([{key, value} | rest], key), do: [value | get_all(rest, key)]
  defp get_all([{_, _} | rest], key), do: get_all(rest, key)
  defp get_all([], _key), do: []

  @doc """
  Returns the keys, repeated ones too.

      iex> Keyword.keys(a: 1, b: 2, a: 3)
      [:a, :b, :a]
  """
  @spec keys(t) :: [key]
  def keys(keywords) when is_list(keywords), do: all_keys(keywords)

  defp all_keys([{key, _value} | rest]) when is_atom(key), do: [key | all_keys(rest)]
  defp all_keys([]), do: []

  defp all_keys([entry | _]) do
    raise ArgumentError,
          "expected a keyword list, but an entry in the list is not a two-element tuple " <>
            "with an atom as its first element, got: #{inspect(entry)}"
  end

  @doc """
  Returns the values.

      iex> Keyword.values(a: 1, b: 2)
      [1, 2]
  """
  @spec values(t) :: [value]
  def values(keywords) when is_list(keywords), do: all_values(keywords)

  defp all_values([{_key, value} | rest]), do: [value | all_values(rest)]
  defp all_values([]), do: []

  @doc """
  Tells whether `key` is in the list.

      iex> Keyword.has_key?([a: 1], :a)
      true
  """
  @spec has_key?(t, key) :: boolean
  def has_key?(keywords, key) when is_list(keywords) and is_atom(key), do: :lists.keymember(key, 1, keywords)

  @doc """
  Tells whether two lists have the same pairs, repeated keys in the same order.

      iex> Keyword.equal?([a: 1, b: 2], [b: 2, a: 1])
      true
  """
  @spec equal?(t, t) :: boolean
  def equal?(left, right) when is_list(left) and is_list(right),
    do: :lists.sort(left) === :lists.sort(right)

  @doc """
  Returns its argument.

      iex> Keyword.to_list(a: 1)
      [a: 1]
  """
  @spec to_list(t) :: t
  def to_list(keywords) when is_list(keywords), do: keywords

  # Writing

  @doc """
  Puts `value` under `key`, removing other pairs with this key.

      iex> Keyword.put([a: 1, b: 2, a: 4], :a, 3)
      [a: 3, b: 2]
  """
  @spec put(t, key, value) :: t
  def put(keywords, key, value) when is_list(keywords) and is_atom(key), do: [{key, value} | delete(keywords, key)]

  @doc """
  Puts `value` unless the key is there.

      iex> Keyword.put_new([a: 1], :b, 2)
      [b: 2, a: 1]
  """
  @spec put_new(t, key, value) :: t
  def put_new(keywords, key, value) when is_list(keywords) and is_atom(key) do
    case :lists.keymember(key, 1, keywords) do
      true -> keywords
      false -> [{key, value} | keywords]
    end
  end

  @doc """
  Puts what `fun` answers unless the key is there.

      iex> Keyword.put_new_lazy([a: 1], :b, fn -> 13 end)
      [b: 13, a: 1]
  """
  @spec put_new_lazy(t, key, (() -> value)) :: t
  def put_new_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case :lists.keymember(key, 1, keywords) do
      true -> keywords
      false -> [{key, fun.()} | keywords]
    end
  end

  @doc """
  Replaces the value if the key is there.

      iex> Keyword.replace([a: 1, b: 2, a: 4], :a, 3)
      [a: 3, b: 2]
  """
  @spec replace(t, key, value) :: t
  def replace(keywords, key, value) when is_list(keywords) and is_atom(key),
    do: change(keywords, key, fn _ -> value end, fn -> [] end)

  @doc """
  Replaces the value or raises `KeyError`.

      iex> Keyword.replace!([a: 1], :a, 3)
      [a: 3]
  """
  @spec replace!(t, key, value) :: t
  def replace!(keywords, key, value) when is_list(keywords) and is_atom(key),
    do: change(keywords, key, fn _ -> value end, fn -> missing(keywords, key) end)

  @doc """
  Replaces the value by what `fun` makes of it, if the key is there.

      iex> Keyword.replace_lazy([a: 1], :a, &(&1 * 4))
      [a: 4]
  """
  @spec replace_lazy(t, key, (value -> value)) :: t
  def replace_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1),
    do: change(keywords, key, fun, fn -> [] end)

  @doc """
  Updates the value with `fun`, or appends `default`.

      iex> Keyword.update([a: 1], :a, 13, &(&1 * 2))
      [a: 2]
  """
  @spec update(t, key, value, (value -> value)) :: t
  def update(keywords, key, default, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1),
    do: change(keywords, key, fun, fn -> [{key, default}] end)

  @doc """
  Updates the value with `fun` or raises `KeyError`.

      iex> Keyword.update!([a: 1], :a, &(&1 * 2))
      [a: 2]
  """
  @spec update!(t, key, (value -> value)) :: t
  def update!(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 1),
    do: change(keywords, key, fun, fn -> missing(keywords, key) end)

  # Changes the first pair with `key` and drops the later ones; without one, `absent` answers the list's end.
  defp change([{key, value} | rest], key, fun, _absent), do: [{key, fun.(value)} | delete(rest, key)]
  defp change([{_, _} = pair | rest], key, fun, absent), do: [pair | change(rest, key, fun, absent)]
  defp change([], _key, _fun, absent), do: absent.()

  @doc """
  Gets and updates at once: `fun` answers `{get, new_value}` or `:pop`.

      iex> Keyword.get_and_update([a: 1], :a, fn x -> {x, x + 1} end)
      {1, [a: 2]}
  """
  @spec get_and_update(t, key, (value | nil -> {current, value} | :pop)) :: {current, t} when current: value
  def get_and_update(keywords, key, fun) when is_list(keywords) and is_atom(key), do: get_and_update(keywords, [], key, fun)

  defp get_and_update([{key, current} | rest], before, key, fun), do: got_and_updated(fun.(current), current, key, before, rest)
  defp get_and_update([{_, _} = pair | rest], before, key, fun), do: get_and_update(rest, [pair | before], key, fun)
  defp get_and_update([], before, key, fun), do: got_and_updated(fun.(nil), nil, key, [], :lists.reverse(before))

  @doc """
  The same as `get_and_update/3`, but raises `KeyError` if there is no such key.

      iex> Keyword.get_and_update!([a: 1], :a, fn _ -> :pop end)
      {1, []}
  """
  @spec get_and_update!(t, key, (value -> {current, value} | :pop)) :: {current, t} when current: value
  def get_and_update!(keywords, key, fun), do: get_and_update!(keywords, [], key, fun)

  defp get_and_update!([{key, current} | rest], before, key, fun) when is_atom(key), do: got_and_updated(fun.(current), current, key, before, rest)
  defp get_and_update!([{_, _} = pair | rest], before, key, fun) when is_atom(key), do: get_and_update!(rest, [pair | before], key, fun)
  defp get_and_update!([], before, key, _fun) when is_atom(key), do: missing(before, key)

  defp got_and_updated({get, value}, _current, key, before, rest),
    do: {get, :lists.reverse(before, [{key, value} | rest])}

  defp got_and_updated(:pop, current, _key, before, rest), do: {current, :lists.reverse(before, rest)}

  defp got_and_updated(other, _current, _key, _before, _rest),
    do: raise("the given function must return a two-element tuple or :pop, got: #{inspect(other)}")

  @doc """
  Merges, the second list winning.

      iex> Keyword.merge([a: 1, b: 2], [a: 3, d: 4])
      [b: 2, a: 3, d: 4]
  """
  @spec merge(t, t) :: t
  def merge(keywords1, keywords2)

  def merge(keywords1, []) when is_list(keywords1), do: keywords1
  def merge([], keywords2) when is_list(keywords2), do: keywords2

  def merge(keywords1, keywords2) when is_list(keywords1) and is_list(keywords2) do
    check_both(keywords1, keywords2)
    without(keywords1, :maps.from_list(keywords2)) ++ keywords2
  end

  defp check_both(keywords1, keywords2) do
    keyword?(keywords2) || not_keywords("second", keywords2)
    keyword?(keywords1) || not_keywords("first", keywords1)
  end

  defp not_keywords(which, list),
    do: raise(ArgumentError, "expected a keyword list as the #{which} argument, got: #{inspect(list)}")

  @doc """
  Merges, and lets `fun` decide about keys in both.

      iex> Keyword.merge([a: 1], [a: 3], fn _key, v1, v2 -> v1 + v2 end)
      [a: 4]
  """
  @spec merge(t, t, (key, value, value -> value)) :: t
  def merge(keywords1, keywords2, fun) when is_list(keywords1) and is_list(keywords2) and is_function(fun, 3) do
    check_both(keywords1, keywords2)
    without(keywords1, :maps.from_list(keywords2)) ++ combine(keywords2, keywords1, fun)
  end

  # Each pair of the second list meets the next value that the first one has for its key.
  defp combine([{key, v2} = pair | rest], keywords1, fun) do
    case :lists.keytake(key, 1, keywords1) do
      {:value, {_, v1}, keywords1} -> [{key, fun.(key, v1, v2)} | combine(rest, keywords1, fun)]
      false -> [pair | combine(rest, keywords1, fun)]
    end
  end

  defp combine([], _keywords1, _fun), do: []

  defp without([{key, _} = pair | rest], keys) do
    case keys do
      %{^key => _} -> without(rest, keys)
      %{} -> [pair | without(rest, keys)]
    end
  end

  defp without([], _keys), do: []

  # Removing

  @doc """
  Deletes all pairs with `key`.

      iex> Keyword.delete([a: 1, b: 2, a: 3], :a)
      [b: 2]
  """
  @spec delete(t, key) :: t
  def delete(keywords, key) when is_list(keywords) and is_atom(key), do: :phial_lists.without_key(keywords, key)

  @doc false
  @deprecated "Use Keyword.fetch/2 + Keyword.delete/2 instead"
  def delete(keywords, key, value) when is_list(keywords) and is_atom(key), do: Enum.reject(keywords, &(&1 === {key, value}))

  @doc """
  Deletes the first pair with `key`.

      iex> Keyword.delete_first([a: 1, b: 2, a: 3], :a)
      [b: 2, a: 3]
  """
  @spec delete_first(t, key) :: t
  def delete_first(keywords, key) when is_list(keywords) and is_atom(key), do: :lists.keydelete(key, 1, keywords)

  @doc """
  Deletes all pairs with these keys.

      iex> Keyword.drop([a: 1, b: 2, a: 3], [:a])
      [b: 2]
  """
  @spec drop(t, [key]) :: t
  def drop(keywords, keys) when is_list(keywords) and is_list(keys),
    do: Enum.filter(keywords, fn {key, _} -> not :lists.member(key, keys) end)

  @doc """
  Keeps only pairs with these keys.

      iex> Keyword.take([a: 1, b: 2, a: 3], [:a])
      [a: 1, a: 3]
  """
  @spec take(t, [key]) :: t
  def take(keywords, keys) when is_list(keywords) and is_list(keys),
    do: Enum.filter(keywords, fn {key, _} -> :lists.member(key, keys) end)

  @doc """
  Splits into the pairs with these keys and the others.

      iex> Keyword.split([a: 1, b: 2, a: 3], [:a])
      {[a: 1, a: 3], [b: 2]}
  """
  @spec split(t, [key]) :: {t, t}
  def split(keywords, keys) when is_list(keywords) and is_list(keys),
    do: Enum.split_with(keywords, fn {key, _} -> :lists.member(key, keys) end)

  @doc """
  Returns the first value (or `default`) and the list without `key`.

      iex> Keyword.pop([a: 1, b: 2, a: 3], :a)
      {1, [b: 2]}
  """
  @spec pop(t, key, value) :: {value, t}
  def pop(keywords, key, default \\ nil) when is_list(keywords) and is_atom(key) do
    case fetch(keywords, key) do
      {:ok, value} -> {value, delete(keywords, key)}
      :error -> {default, keywords}
    end
  end

  @doc """
  Returns the first value and the list without `key`, or raises `KeyError`.

      iex> Keyword.pop!([a: 1], :a)
      {1, []}
  """
  @spec pop!(t, key) :: {value, t}
  def pop!(keywords, key) when is_list(keywords) and is_atom(key) do
    case fetch(keywords, key) do
      {:ok, value} -> {value, delete(keywords, key)}
      :error -> missing(keywords, key)
    end
  end

  @doc """
  Returns the first value (or what `fun` answers) and the list without `key`.

      iex> Keyword.pop_lazy([a: 1], :b, fn -> 13 end)
      {13, [a: 1]}
  """
  @spec pop_lazy(t, key, (() -> value)) :: {value, t}
  def pop_lazy(keywords, key, fun) when is_list(keywords) and is_atom(key) and is_function(fun, 0) do
    case fetch(keywords, key) do
      {:ok, value} -> {value, delete(keywords, key)}
      :error -> {fun.(), keywords}
    end
  end

  @doc """
  Returns the first value (or `default`) and the list without its pair.

      iex> Keyword.pop_first([a: 1, a: 3], :a)
      {1, [a: 3]}
  """
  @spec pop_first(t, key, value) :: {value, t}
  def pop_first(keywords, key, default \\ nil) when is_list(keywords) and is_atom(key) do
    case :lists.keytake(key, 1, keywords) do
      {:value, {^key, value}, rest} -> {value, rest}
      false -> {default, keywords}
    end
  end

  @doc """
  Returns all values for `key` and the list without it.

      iex> Keyword.pop_values([a: 1, b: 2, a: 3], :a)
      {[1, 3], [b: 2]}
  """
  @spec pop_values(t, key) :: {[value], t}
  def pop_values(keywords, key) when is_list(keywords) and is_atom(key),
    do: {get_all(keywords, key), delete(keywords, key)}

  @doc """
  Keeps the pairs for which `fun` is truthy.

      iex> Keyword.filter([a: 1, b: 2], fn {_key, value} -> value > 1 end)
      [b: 2]
  """
  @spec filter(t, ({key, value} -> as_boolean(term))) :: t
  def filter(keywords, fun) when is_list(keywords) and is_function(fun, 1), do: do_filter(keywords, fun)

  defp do_filter([{_, _} = pair | rest], fun), do: if(fun.(pair), do: [pair | do_filter(rest, fun)], else: do_filter(rest, fun))
  defp do_filter([], _fun), do: []

  @doc """
  Drops the pairs for which `fun` is truthy.

      iex> Keyword.reject([a: 1, b: 2], fn {_key, value} -> value > 1 end)
      [a: 1]
  """
  @spec reject(t, ({key, value} -> as_boolean(term))) :: t
  def reject(keywords, fun) when is_list(keywords) and is_function(fun, 1), do: do_reject(keywords, fun)

  defp do_reject([{_, _} = pair | rest], fun), do: if(fun.(pair), do: do_reject(rest, fun), else: [pair | do_reject(rest, fun)])
  defp do_reject([], _fun), do: []

  # Validating

  @doc """
  Checks that only the given keys occur, once each, and adds defaults: `{:ok, list}` or `{:error, keys}`.

      iex> Keyword.validate([a: 1], [:a, b: 2])
      {:ok, [b: 2, a: 1]}
  """
  @spec validate(t, [atom | {atom, term}]) :: {:ok, t} | {:error, [atom]}
  def validate(keywords, values) when is_list(keywords) and is_list(values) do
    case check(keywords, values, [], []) do
      {[], list} -> {:ok, list}
      {bad, _} -> {:error, bad}
    end
  end

  @doc """
  The same, but returns the list or raises `ArgumentError`.

      iex> Keyword.validate!([a: 1], [:a, b: 2])
      [b: 2, a: 1]
  """
  @spec validate!(t, [atom | {atom, term}]) :: t
  def validate!(keywords, values) do
    case validate(keywords, values) do
      {:ok, list} ->
        list

      {:error, bad} ->
        allowed = Enum.map(values, &value_key/1)
        raise ArgumentError, bad_keys(Enum.reject(bad, &:lists.member(&1, allowed)), bad, keywords, allowed)
    end
  end

  defp bad_keys([], bad, keywords, _allowed), do: "duplicate keys #{inspect(bad)} in #{inspect(keywords)}"

  defp bad_keys(unknown, _bad, keywords, allowed),
    do: "unknown keys #{inspect(unknown)} in #{inspect(keywords)}, the allowed keys are: #{inspect(allowed)}"

  defp value_key(key) when is_atom(key), do: key
  defp value_key(pair), do: elem(pair, 0)

  # Each pair uses up its value; the values left at the end give the defaults. Bad keys come last first.
  defp check([{key, _} = pair | rest], values, acc, bad) when is_atom(key) do
    case use_up(values, key, []) do
      nil -> check(rest, values, acc, [key | bad])
      values -> check(rest, values, [pair | acc], bad)
    end
  end

  defp check([], values, acc, bad), do: {bad, add_defaults(values, acc)}

  defp check([entry | _], _values, _acc, _bad) do
    raise ArgumentError, "expected a keyword list as first argument, got invalid entry: #{inspect(entry)}"
  end

  defp use_up([other | rest], key, passed) when not (is_atom(other) or is_tuple(other)), do: use_up(rest, key, [other | passed])

  defp use_up([value | rest], key, passed) do
    if value_key(value) == key, do: passed ++ rest, else: use_up(rest, key, [value | passed])
  end

  defp use_up([], _key, _passed), do: nil

  defp add_defaults([{key, _} = pair | rest], acc) when is_atom(key), do: add_defaults(rest, [pair | acc])
  defp add_defaults([key | rest], acc) when is_atom(key), do: add_defaults(rest, acc)
  defp add_defaults([], acc), do: acc

  defp add_defaults([other | _], _acc),
    do: raise(ArgumentError, "expected the second argument to be a list of atoms or tuples, got: #{inspect(other)}")

  @doc false
  @deprecated "Use Kernel.length/1 instead"
  def size(keywords), do: length(keywords)

  @doc false
  @deprecated "Use Keyword.new/2 instead"
  def map(keywords, fun) when is_list(keywords), do: Enum.map(keywords, fn {key, value} -> {key, fun.({key, value})} end)
end
