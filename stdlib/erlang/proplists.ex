# SPDX-License-Identifier: Apache-2.0
# `:proplists`: lists of properties, where an atom a stands for {a, true}. Invariant: the first entry for a key
# counts; entries that are neither atoms nor tuples are passed over.
defmodule :proplists do
  @moduledoc "Erlang's property lists."

  def property({key, true}) when is_atom(key), do: key
  def property(property), do: property

  def property(key, true) when is_atom(key), do: key
  def property(key, value), do: {key, value}

  def unfold([key | rest]) when is_atom(key), do: [{key, true} | unfold(rest)]
  def unfold([property | rest]), do: [property | unfold(rest)]
  def unfold([]), do: []

  def compact(list), do: for(property <- list, do: property(property))

  defp key?(key, key), do: is_atom(key)
  defp key?(property, key), do: is_tuple(property) and tuple_size(property) >= 1 and :erlang.element(1, property) === key

  def lookup(key, [property | rest]) do
    cond do
      not key?(property, key) -> lookup(key, rest)
      is_atom(property) -> {property, true}
      true -> property
    end
  end

  def lookup(_key, []), do: :none

  def lookup_all(key, list), do: for(property <- list, key?(property, key), do: if(is_atom(property), do: {property, true}, else: property))

  def is_defined(key, list), do: lookup(key, list) != :none

  def get_value(key, list), do: get_value(key, list, :undefined)

  def get_value(key, list, default) do
    case lookup(key, list) do
      {_, value} -> value
      _ -> default
    end
  end

  def get_all_values(key, list), do: for({_, value} <- lookup_all(key, list), do: value)

  def append_values(key, list), do: :lists.flatmap(&if(is_list(&1), do: &1, else: [&1]), get_all_values(key, list))

  def get_bool(key, list), do: get_value(key, list) === true

  def get_keys(list), do: :maps.keys(:maps.from_list(keyed(list)))

  defp keyed([key | rest]) when is_atom(key), do: [{key, []} | keyed(rest)]
  defp keyed([tuple | rest]) when is_tuple(tuple) and tuple_size(tuple) >= 1, do: [{:erlang.element(1, tuple), []} | keyed(rest)]
  defp keyed([_ | rest]), do: keyed(rest)
  defp keyed([]), do: []

  def delete(key, list), do: for(property <- list, not key?(property, key), do: property)

  def from_map(map), do: :maps.to_list(map)

  def to_map(list), do: put_all(:lists.reverse(list), %{})

  defp put_all([key | rest], map) when is_atom(key), do: put_all(rest, :maps.put(key, true, map))
  defp put_all([{key, value} | rest], map), do: put_all(rest, :maps.put(key, value, map))
  defp put_all([_ | rest], map), do: put_all(rest, map)
  defp put_all([], map), do: map

  def to_map(list, stages), do: to_map(normalize(list, stages))

  # Rewriting

  def substitute_aliases(aliases, list), do: for(property <- list, do: substitute_alias(aliases, property))

  defp substitute_alias(aliases, property) do
    case key_of(property) do
      {:ok, key} ->
        case :lists.keyfind(key, 1, aliases) do
          {_, new} -> property(rekey(property, new))
          false -> property
        end

      :none ->
        property
    end
  end

  defp key_of(key) when is_atom(key), do: {:ok, key}
  defp key_of(tuple) when is_tuple(tuple) and tuple_size(tuple) >= 1, do: {:ok, :erlang.element(1, tuple)}
  defp key_of(_), do: :none

  defp rekey(key, new) when is_atom(key), do: {new, true}
  defp rekey(tuple, new), do: :erlang.setelement(1, tuple, new)

  def substitute_negations(negations, list), do: for(property <- list, do: substitute_negation(negations, property))

  defp substitute_negation(negations, property) do
    with {:ok, key} <- key_of(property), {_, new} <- :lists.keyfind(key, 1, negations) do
      case property do
        key when is_atom(key) -> property(new, false)
        {_, true} -> property(new, false)
        {_, false} -> property(new, true)
        _ -> property(new, true)
      end
    else
      _ -> property
    end
  end

  # Each expansion is {property, list}: the first occurrence becomes the list, the others of its key vanish.
  def expand(expansions, list), do: :lists.foldl(&expand_one/2, list, expansions)

  defp expand_one({property, replacement}, list) do
    property = property(property)
    {:ok, key} = key_of(property)
    if lookup(key, list) != :none and property(lookup(key, list)) === property, do: expand_first(key, replacement, list), else: list
  end

  defp expand_first(key, replacement, [property | rest]) do
    if key?(property, key), do: replacement ++ delete(key, rest), else: [property | expand_first(key, replacement, rest)]
  end

  def normalize(list, [{:aliases, aliases} | stages]), do: normalize(substitute_aliases(aliases, list), stages)
  def normalize(list, [{:expand, expansions} | stages]), do: normalize(expand(expansions, list), stages)
  def normalize(list, [{:negations, negations} | stages]), do: normalize(substitute_negations(negations, list), stages)
  def normalize(list, []), do: compact(list)

  def split(list, keys) do
    {groups, rest} = :lists.foldl(&sort_out/2, {:maps.from_keys(keys, []), []}, list)
    {for(key <- keys, do: :lists.reverse(:maps.get(key, groups))), :lists.reverse(rest)}
  end

  defp sort_out(property, {groups, rest}) do
    with {:ok, key} <- key_of(property), %{^key => group} <- groups do
      {:maps.put(key, [property | group], groups), rest}
    else
      _ -> {groups, [property | rest]}
    end
  end
end
