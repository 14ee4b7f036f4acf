# SPDX-License-Identifier: Apache-2.0
# HashDict and HashSet, which old programs still use: tries of nodes of eight slots, by three bits of a key's hash a level. Invariant: a slot is
# [], an entry, or an entry over a node with the keys that came later; so the order of the entries is the one Elixir's have.
defmodule PhialTrie do
  @moduledoc false

  # An entry is {key, value} here; `pack` and `unpack` of the two modules make slots of it.

  @empty {[], [], [], [], [], [], [], []}

  def empty, do: @empty

  def find(module, node, key), do: find(module, node, key, :erlang.phash2(key))

  defp find(module, node, key, hash) do
    case module.__slot__(:erlang.element(rem(hash, 8) + 1, node)) do
      {^key, value, _} -> {:ok, value}
      {_, _, child} when child != nil -> find(module, child, key, div(hash, 8))
      _ -> :error
    end
  end

  # {node, 1 if the key is new}
  def put(module, node, key, value), do: put(module, node, key, value, :erlang.phash2(key))

  defp put(module, node, key, value, hash) do
    at = rem(hash, 8) + 1

    case module.__slot__(:erlang.element(at, node)) do
      nil ->
        {:erlang.setelement(at, node, module.__slot__(key, value, nil)), 1}

      {^key, _, child} ->
        {:erlang.setelement(at, node, module.__slot__(key, value, child)), 0}

      {other, kept, child} ->
        {child, added} = put(module, child || @empty, key, value, div(hash, 8))
        {:erlang.setelement(at, node, module.__slot__(other, kept, child)), added}
    end
  end

  # {:ok, node} or :error
  def delete(module, node, key), do: delete(module, node, key, :erlang.phash2(key))

  defp delete(module, node, key, hash) do
    at = rem(hash, 8) + 1

    case module.__slot__(:erlang.element(at, node)) do
      {^key, _, child} ->
        {:ok, :erlang.setelement(at, node, promoted(module, child))}

      {other, value, child} when child != nil ->
        with {:ok, child} <- delete(module, child, key, div(hash, 8)),
             do: {:ok, :erlang.setelement(at, node, module.__slot__(other, value, none_if_empty(child)))}

      _ ->
        :error
    end
  end

  # What takes the place of an entry that goes: the first one below it.
  defp promoted(_module, nil), do: []
  defp promoted(module, node), do: promoted(module, node, 1)

  defp promoted(module, node, at) do
    case module.__slot__(:erlang.element(at, node)) do
      nil ->
        promoted(module, node, at + 1)

      {key, value, child} ->
        rest = :erlang.setelement(at, node, promoted(module, child))
        module.__slot__(key, value, none_if_empty(rest))
    end
  end

  defp none_if_empty(@empty), do: nil
  defp none_if_empty(node), do: node

  # The entries, in the order of enumeration.
  def entries(module, node), do: fold(module, :erlang.tuple_to_list(node), [])

  defp fold(_module, [], acc), do: acc
  defp fold(module, [slot | rest], acc), do: fold(module, rest, visit(module, module.__slot__(slot), acc))

  defp visit(_module, nil, acc), do: acc
  defp visit(_module, {key, value, nil}, acc), do: [{key, value} | acc]
  defp visit(module, {key, value, child}, acc), do: [{key, value} | fold(module, :erlang.tuple_to_list(child), acc)]
end

defmodule HashDict do
  @moduledoc "Dictionaries of old: use maps."

  defstruct size: 0, root: {[], [], [], [], [], [], [], []}
  @hint "Use maps and the Map module instead"

  @doc false
  def __slot__([]), do: nil
  def __slot__([key, value | child]) when is_tuple(child) and tuple_size(child) == 8, do: {key, value, child}
  def __slot__([key | value]), do: {key, value, nil}

  @doc false
  def __slot__(key, value, nil), do: [key | value]
  def __slot__(key, value, child), do: [key, value | child]

  @deprecated @hint
  def new, do: %HashDict{}
  @deprecated @hint
  def put(%HashDict{root: root, size: size}, key, value) do
    {root, added} = PhialTrie.put(__MODULE__, root, key, value)
    %HashDict{root: root, size: size + added}
  end

  @deprecated @hint
  def fetch(%HashDict{root: root}, key), do: PhialTrie.find(__MODULE__, root, key)
  @deprecated @hint
  def delete(%HashDict{root: root, size: size} = dict, key) do
    case PhialTrie.delete(__MODULE__, root, key) do
      {:ok, root} -> %HashDict{root: root, size: size - 1}
      :error -> dict
    end
  end

  @deprecated @hint
  def to_list(%HashDict{root: root}), do: PhialTrie.entries(__MODULE__, root)
  @deprecated @hint
  def size(%HashDict{size: size}), do: size
  @deprecated @hint
  def keys(dict), do: for({key, _} <- to_list(dict), do: key)
  @deprecated @hint
  def values(dict), do: for({_, value} <- to_list(dict), do: value)
  @deprecated @hint
  def has_key?(dict, key), do: fetch(dict, key) != :error
  @deprecated @hint
  def get(dict, key, default \\ nil), do: get_lazy(dict, key, fn -> default end)
  @deprecated @hint
  def get_lazy(dict, key, fun) do
    case fetch(dict, key) do
      {:ok, value} -> value
      :error -> fun.()
    end
  end

  @deprecated @hint
  def fetch!(dict, key), do: get_lazy(dict, key, fn -> raise KeyError, key: key, term: dict end)
  @deprecated @hint
  def put_new(dict, key, value), do: put_new_lazy(dict, key, fn -> value end)
  @deprecated @hint
  def put_new_lazy(dict, key, fun), do: if(has_key?(dict, key), do: dict, else: put(dict, key, fun.()))
  @deprecated @hint
  def update(dict, key, initial, fun) do
    case fetch(dict, key) do
      {:ok, value} -> put(dict, key, fun.(value))
      :error -> put(dict, key, initial)
    end
  end

  @deprecated @hint
  def update!(dict, key, fun), do: put(dict, key, fun.(fetch!(dict, key)))
  @deprecated @hint
  def get_and_update(dict, key, fun) do
    {answer, value} = fun.(get(dict, key))
    {answer, put(dict, key, value)}
  end

  @deprecated @hint
  def pop(dict, key, default \\ nil), do: {get(dict, key, default), delete(dict, key)}
  @deprecated @hint
  def pop_lazy(dict, key, fun), do: {get_lazy(dict, key, fun), delete(dict, key)}
  @deprecated @hint
  def merge(dict, other), do: Enum.reduce(other, dict, fn {key, value}, acc -> put(acc, key, value) end)
  @deprecated @hint
  def merge(dict, other, fun),
    do: Enum.reduce(other, dict, fn {key, value}, acc -> update(acc, key, value, &fun.(key, &1, value)) end)

  @deprecated @hint
  def drop(dict, keys), do: Enum.reduce(keys, dict, &delete(&2, &1))
  @deprecated @hint
  def take(dict, keys), do: elem(split(dict, keys), 0)
  @deprecated @hint
  def split(dict, keys) do
    Enum.reduce(keys, {new(), dict}, fn key, {taken, rest} ->
      case fetch(rest, key) do
        {:ok, value} -> {put(taken, key, value), delete(rest, key)}
        :error -> {taken, rest}
      end
    end)
  end

  @deprecated @hint
  def equal?(dict, other), do: Enum.sort(to_list(dict)) === Enum.sort(Enum.to_list(other))
end

defmodule HashSet do
  @moduledoc "Sets of old: use MapSet."

  defstruct size: 0, root: {[], [], [], [], [], [], [], []}
  @hint "Use the MapSet module instead"

  @doc false
  def __slot__([]), do: nil
  def __slot__([key]), do: {key, key, nil}
  def __slot__([key | child]), do: {key, key, child}

  @doc false
  def __slot__(key, _value, nil), do: [key]
  def __slot__(key, _value, child), do: [key | child]

  @deprecated @hint
  def new, do: %HashSet{}
  @deprecated @hint
  def put(%HashSet{root: root, size: size}, term) do
    {root, added} = PhialTrie.put(__MODULE__, root, term, term)
    %HashSet{root: root, size: size + added}
  end

  @deprecated @hint
  def delete(%HashSet{root: root, size: size} = set, term) do
    case PhialTrie.delete(__MODULE__, root, term) do
      {:ok, root} -> %HashSet{root: root, size: size - 1}
      :error -> set
    end
  end

  @deprecated @hint
  def member?(%HashSet{root: root}, term), do: PhialTrie.find(__MODULE__, root, term) != :error
  @deprecated @hint
  def to_list(%HashSet{root: root}), do: for({term, _} <- PhialTrie.entries(__MODULE__, root), do: term)
  @deprecated @hint
  def size(%HashSet{size: size}), do: size
  @deprecated @hint
  def union(set1, set2), do: Enum.reduce(to_list(set2), set1, &put(&2, &1))
  @deprecated @hint
  def difference(set1, set2), do: Enum.reduce(to_list(set2), set1, &delete(&2, &1))
  @deprecated @hint
  def intersection(set1, set2), do: for(term <- to_list(set1), member?(set2, term), into: new(), do: term)
  @deprecated @hint
  def disjoint?(set1, set2), do: not Enum.any?(to_list(set1), &member?(set2, &1))
  @deprecated @hint
  def subset?(set1, set2), do: Enum.all?(to_list(set1), &member?(set2, &1))
  @deprecated @hint
  def equal?(set1, set2), do: size(set1) == size(set2) and subset?(set1, set2)
end

for module <- [HashDict, HashSet] do
  defimpl Enumerable, for: module do
    def reduce(collection, acc, fun), do: Enumerable.List.reduce(@for.to_list(collection), acc, fun)
    def count(collection), do: {:ok, collection.size}
    def slice(_collection), do: {:error, __MODULE__}

    if @for == HashSet do
      def member?(set, term), do: {:ok, HashSet.member?(set, term)}
    else
      def member?(dict, {key, value}), do: {:ok, HashDict.fetch(dict, key) == {:ok, value}}
      def member?(_dict, _), do: {:ok, false}
    end
  end

  defimpl Collectable, for: module do
    def into(original), do: {original, &collect/2}
    defp collect(collection, :done), do: collection
    defp collect(_collection, :halt), do: :ok

    if @for == HashSet,
      do: defp(collect(set, {:cont, term}), do: HashSet.put(set, term)),
      else: defp(collect(dict, {:cont, {key, value}}), do: HashDict.put(dict, key, value))
  end

  defimpl Inspect, for: module do
    import Inspect.Algebra
    def inspect(collection, opts), do: concat(["##{Kernel.inspect(@for)}<", to_doc(@for.to_list(collection), opts), ">"])
  end
end
