# SPDX-License-Identifier: Apache-2.0
# Access: `data[key]` and the access functions for get_in, update_in and friends.
#
# Maps and keyword lists are handled here, structs by the behaviour's callbacks in their module.
defmodule Access do
  @moduledoc "Key-based access to data structures."

  @type container :: keyword | struct | map
  @type t :: container | nil | any
  @type key :: any
  @type value :: any

  @doc "The value under `key`: `{:ok, value}` or `:error`."
  @callback fetch(term :: t, key) :: {:ok, value} | :error
  @doc "Gives the value to a function that answers `{value_to_get, new_value}` or `:pop`: `{value_to_get, new_data}`."
  @callback get_and_update(data, key, (value | nil -> {any, value} | :pop)) :: {any, data} when data: container
  @doc "Takes the value under `key` out: `{value, rest}`; nil where there is none."
  @callback pop(data, key) :: {value, data} when data: container

  @doc "The value under `key` as `{:ok, value}`, or `:error`.\n\n    iex> Access.fetch(%{name: \"meg\"}, :name)\n    {:ok, \"meg\"}"
  @spec fetch(container | nil, term) :: {:ok, term} | :error
  def fetch(container, key)

  def fetch(%module{} = container, key) do
    try do
      module.fetch(container, key)
    rescue
      exception in UndefinedFunctionError ->
        without_behaviour(exception, __STACKTRACE__, module, :fetch, 2)
    end
  end

  def fetch(map, key) when is_map(map) do
    case map do
      %{^key => value} -> {:ok, value}
      _ -> :error
    end
  end

  def fetch(list, key) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {_, value} -> {:ok, value}
      false -> :error
    end
  end

  def fetch(list, key) when is_list(list), do: raise(ArgumentError, keyword_text(key))
  def fetch(nil, _key), do: :error

  defp keyword_text(key), do: "the Access calls for keywords expect the key to be an atom, got: " <> inspect(key)

  @doc "As `fetch/2`, raising `KeyError` when the key is missing."
  @spec fetch!(container, term) :: term
  def fetch!(container, key) do
    case fetch(container, key) do
      {:ok, value} -> value
      :error -> raise KeyError, key: key, term: container
    end
  end

  @doc "The value under `key`, or `default`.\n\n    iex> Access.get([a: 1], :b, 2)\n    2"
  @spec get(container | nil, term, term) :: term
  def get(container, key, default \\ nil)

  def get(%module{} = container, key, default) do
    try do
      module.fetch(container, key)
    rescue
      exception in UndefinedFunctionError ->
        without_behaviour(exception, __STACKTRACE__, module, :fetch, 2)
    else
      {:ok, value} -> value
      :error -> default
    end
  end

  def get(map, key, default) when is_map(map) do
    case map do
      %{^key => value} -> value
      _ -> default
    end
  end

  def get(list, key, default) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {_, value} -> value
      false -> default
    end
  end

  def get(list, key, _default) when is_list(list), do: raise(ArgumentError, keyword_text(key))
  def get(nil, _key, default), do: default

  # A struct without the behaviour deserves a better reason than the missing function.
  defp without_behaviour(exception, stacktrace, module, function, arity) do
    case exception do
      %{module: ^module, function: ^function, arity: ^arity} ->
        reason =
          "#{inspect(module)} does not implement the Access behaviour. If you are using get_in/put_in/update_in, " <>
            "you can specify the field to be accessed using Access.key!/1"

        reraise %{exception | reason: reason}, stacktrace

      _ ->
        reraise exception, stacktrace
    end
  end

  @doc """
  Gets and updates the value under `key`: `fun` returns `{get, new}` or `:pop`.

      iex> Access.get_and_update([a: 1], :a, fn v -> {v, v + 1} end)
      {1, [a: 2]}
  """
  @spec get_and_update(data, key, (value | nil -> {any, value} | :pop)) :: {any, data} when data: container
  def get_and_update(container, key, fun)

  def get_and_update(%module{} = container, key, fun) do
    try do
      module.get_and_update(container, key, fun)
    rescue
      exception in UndefinedFunctionError ->
        without_behaviour(exception, __STACKTRACE__, module, :get_and_update, 3)
    end
  end

  def get_and_update(map, key, fun) when is_map(map), do: Map.get_and_update(map, key, fun)
  def get_and_update(list, key, fun) when is_list(list), do: Keyword.get_and_update(list, key, fun)

  def get_and_update(nil, key, _fun),
    do: raise(ArgumentError, "could not put/update key #{inspect(key)} on a nil value")

  @doc "Removes `key` and returns its value with the rest.\n\n    iex> Access.pop(%{a: 1}, :a)\n    {1, %{}}"
  @spec pop(data, key) :: {value, data} when data: container
  def pop(%module{} = container, key) do
    try do
      module.pop(container, key)
    rescue
      exception in UndefinedFunctionError ->
        without_behaviour(exception, __STACKTRACE__, module, :pop, 2)
    end
  end

  def pop(map, key) when is_map(map), do: Map.pop(map, key)
  def pop(list, key) when is_list(list), do: Keyword.pop(list, key)
  def pop(nil, key), do: raise(ArgumentError, "could not pop key #{inspect(key)} on a nil value")

  ## Access functions

  @doc "Access to a key of a map or struct, with a default.\n\n    iex> get_in(%{}, [Access.key(:a, 1)])\n    1"
  @spec key(key, term) :: (atom, term, function -> term)
  def key(key, default \\ nil) do
    fn
      :get, data, next ->
        next.(map_get(data, key, default))

      :get_and_update, data, next ->
        case next.(map_get(data, key, default)) do
          {get, update} -> {get, Map.put(data, key, update)}
          :pop -> {map_get(data, key, default), Map.delete(data, key)}
        end
    end
  end

  defp map_get(nil, _key, default), do: default
  defp map_get(data, key, default), do: Map.get(data, key, default)

  @doc "Access to a key that must be there.\n\n    iex> get_in(%{a: 1}, [Access.key!(:a)])\n    1"
  @spec key!(key) :: (atom, term, function -> term)
  def key!(key) do
    fn
      :get, %{} = data, next ->
        next.(Map.fetch!(data, key))

      :get_and_update, %{} = data, next ->
        value = Map.fetch!(data, key)

        case next.(value) do
          {get, update} -> {get, Map.put(data, key, update)}
          :pop -> {value, Map.delete(data, key)}
        end

      _op, data, _next ->
        raise "Access.key!/1 expected a map/struct, got: #{inspect(data)}"
    end
  end

  @doc "Access to an element of a tuple.\n\n    iex> get_in({1, 2}, [Access.elem(1)])\n    2"
  @spec elem(non_neg_integer) :: (atom, term, function -> term)
  def elem(index) when is_integer(index) and index >= 0 do
    fn
      :get, data, next when is_tuple(data) ->
        next.(:erlang.element(index + 1, data))

      :get_and_update, data, next when is_tuple(data) ->
        case next.(:erlang.element(index + 1, data)) do
          {get, update} -> {get, :erlang.setelement(index + 1, data, update)}
          :pop -> raise "cannot pop data from a tuple"
        end

      _op, data, _next ->
        raise "Access.elem/1 expected a tuple, got: #{inspect(data)}"
    end
  end

  @doc "Access to all elements of a list.\n\n    iex> update_in([1, 2], [Access.all()], &(&1 + 1))\n    [2, 3]"
  @spec all() :: (atom, term, function -> term)
  def all(), do: fn op, data, next -> all(op, data, next) end

  defp all(:get, data, next) when is_list(data), do: for(item <- data, do: next.(item))
  defp all(:get_and_update, data, next) when is_list(data), do: each_item(data, next, fn _ -> true end, [], [])
  defp all(_op, data, _next), do: raise("Access.all/0 expected a list, got: #{inspect(data)}")

  # Updates the items `chosen?` picks; {values got, new list}.
  defp each_item([item | rest], next, chosen?, gets, updates) do
    if chosen?.(item) do
      case next.(item) do
        {get, update} -> each_item(rest, next, chosen?, [get | gets], [update | updates])
        :pop -> each_item(rest, next, chosen?, [item | gets], updates)
      end
    else
      each_item(rest, next, chosen?, gets, [item | updates])
    end
  end

  defp each_item([], _next, _chosen?, gets, updates), do: {:lists.reverse(gets), :lists.reverse(updates)}

  @doc "Access to the element of a list at `index`; a negative one counts from the end.\n\n    iex> get_in([1, 2], [Access.at(-1)])\n    2"
  @spec at(integer) :: (atom, term, function -> term)
  def at(index) when is_integer(index), do: fn op, data, next -> at(op, data, index, next) end

  defp at(:get, data, index, next) when is_list(data), do: next.(Enum.at(data, index))

  defp at(:get_and_update, data, index, next) when is_list(data) do
    count = if index < 0, do: length(data) + index, else: index
    if count < 0, do: {nil, data}, else: update_at(data, count, next, [])
  end

  defp at(_op, data, _index, _next), do: raise("Access.at/1 expected a list, got: #{inspect(data)}")

  defp update_at([item | rest], 0, next, before) do
    case next.(item) do
      {get, update} -> {get, :lists.reverse(before, [update | rest])}
      :pop -> {item, :lists.reverse(before, rest)}
    end
  end

  defp update_at([item | rest], index, next, before), do: update_at(rest, index - 1, next, [item | before])
  defp update_at([], _index, _next, before), do: {nil, :lists.reverse(before)}

  @doc "As `at/1`, raising when there is no such element."
  @spec at!(integer) :: (atom, term, function -> term)
  def at!(index) when is_integer(index) do
    fn
      op, data, next when is_list(data) ->
        count = if index < 0, do: length(data) + index, else: index

        if count < 0 or count >= length(data) do
          raise Enum.OutOfBoundsError
        end

        at(op, data, count, next)

      _op, data, _next ->
        raise "Access.at!/1 expected a list, got: #{inspect(data)}"
    end
  end

  @doc "Access to the elements for which `func` is truthy.\n\n    iex> get_in([1, 2, 3], [Access.filter(&(&1 > 1))])\n    [2, 3]"
  @spec filter((term -> boolean)) :: (atom, term, function -> term)
  def filter(func) when is_function(func) do
    fn
      :get, data, next when is_list(data) -> for(item <- data, func.(item), do: next.(item))
      :get_and_update, data, next when is_list(data) -> each_item(data, next, func, [], [])
      _op, data, _next -> raise "Access.filter/1 expected a list, got: #{inspect(data)}"
    end
  end

  @doc "Access to the elements at the indexes of a range.\n\n    iex> get_in([1, 2, 3], [Access.slice(1..2)])\n    [2, 3]"
  @spec slice(Range.t()) :: (atom, term, function -> term)
  def slice(%{__struct__: Range} = range) do
    if range.step > 0 do
      fn op, data, next -> slice(op, data, range, next) end
    else
      raise ArgumentError, "Access.slice/1 does not accept ranges with negative steps, got: #{inspect(range)}"
    end
  end

  defp slice(:get, data, range, next) when is_list(data), do: for(item <- Enum.slice(data, range), do: next.(item))

  defp slice(:get_and_update, data, range, next) when is_list(data) do
    count = length(data)
    first = if range.first < 0, do: max(range.first + count, 0), else: range.first
    last = if range.last < 0, do: range.last + count, else: range.last
    chosen? = fn {_, index} -> index >= first and index <= last and rem(index - first, range.step) == 0 end
    {gets, updates} = each_item(Enum.with_index(data), fn {item, index} -> tagged(next.(item), index) end, chosen?, [], [])
    {for(get <- gets, do: untag(get)), for(update <- updates, do: untag(update))}
  end

  defp slice(_op, data, _range, _next), do: raise(ArgumentError, "Access.slice/1 expected a list, got: #{inspect(data)}")

  defp tagged({get, update}, index), do: {{get, index}, {update, index}}
  defp tagged(:pop, _index), do: :pop

  defp untag({value, _index}), do: value
end
