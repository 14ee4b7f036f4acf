# SPDX-License-Identifier: Apache-2.0
# The Collectable protocol (what `Enum.into/2` and `for ... into:` build) for lists, maps, binaries and
# bitstrings; MapSet, IO.Stream and others implement it in their own files. Invariant: a collector obeys
# {:cont, term}, :done and :halt, and only :done has a meaningful answer.
defprotocol Collectable do
  @moduledoc "How values are put into a collection, one at a time."

  @type command :: {:cont, term} | :done | :halt

  @doc """
  Returns the initial accumulator and the collector function.

      iex> {acc, collect} = Collectable.into(%{a: 1})
      iex> acc |> collect.({:cont, {:b, 2}}) |> collect.(:done)
      %{a: 1, b: 2}
  """
  @spec into(t) :: {term, (term, command -> t | term)}
  def into(collectable)
end

defimpl Collectable, for: List do
  def into([]), do: {[], &collect([], &1, &2)}

  def into(list) do
    IO.warn(
      "the Collectable protocol is deprecated for non-empty lists. The behaviour of Enum.into/2 and \"for\" comprehensions with an " <>
        ":into option is incorrect when collecting into non-empty lists. If you're collecting into a non-empty keyword list, " <>
        "consider using Keyword.merge/2 instead. If you're collecting into a non-empty list, consider concatenating the two lists " <>
        "with the ++ operator."
    )

    {[], &collect(list, &1, &2)}
  end

  defp collect(_list, acc, {:cont, term}), do: [term | acc]
  defp collect(list, acc, :done), do: list ++ :lists.reverse(acc)
  defp collect(_list, _acc, :halt), do: :ok
end

defimpl Collectable, for: Map do
  def into(map) do
    collector = fn
      map, {:cont, {key, value}} -> :maps.put(key, value, map)
      map, :done -> map
      _map, :halt -> :ok
    end

    {map, collector}
  end
end

defimpl Collectable, for: BitString do
  def into(binary) when is_binary(binary) do
    collector = fn
      acc, {:cont, x} when is_binary(x) and is_list(acc) -> [acc | x]
      acc, {:cont, x} when is_bitstring(x) and is_bitstring(acc) -> <<acc::bitstring, x::bitstring>>
      acc, {:cont, x} when is_bitstring(x) -> <<:erlang.iolist_to_binary(acc)::bitstring, x::bitstring>>
      acc, :done when is_bitstring(acc) -> acc
      acc, :done -> :erlang.iolist_to_binary(acc)
      _acc, :halt -> :ok
    end

    {[binary], collector}
  end

  def into(bitstring) do
    collector = fn
      acc, {:cont, x} when is_bitstring(x) -> <<acc::bitstring, x::bitstring>>
      acc, :done -> acc
      _acc, :halt -> :ok
    end

    {bitstring, collector}
  end
end
