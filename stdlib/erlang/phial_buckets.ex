# SPDX-License-Identifier: Apache-2.0
# :phial_buckets, the linear hashing under :sets (version 1) and :dict: buckets in segments of 16, which split and join one at a time.
# Invariant: a table is the tuple that OTP 25 makes of the same calls, so that it prints and lists its members in the same order:
# {tag, size, buckets, slots, half, grow above, shrink below, an empty segment, segments}.
defmodule :phial_buckets do
  @moduledoc false

  @segment 16
  @grow_load 5
  @shrink_load 3
  @empty :erlang.make_tuple(@segment, [])

  def new(tag), do: {tag, 0, @segment, @segment, div(@segment, 2), @segment * @grow_load, @segment * @shrink_load, @empty, {@empty}}

  # The bucket where a key belongs, and the table with another bucket in its place.

  def slot(key, {_, _, n, slots, half, _, _, _, _}) do
    case :erlang.phash(key, slots) do
      hash when hash > n -> hash - half
      hash -> hash
    end
  end

  def bucket(slot, table) do
    segments = :erlang.element(9, table)
    :erlang.element(rem(slot - 1, @segment) + 1, :erlang.element(div(slot - 1, @segment) + 1, segments))
  end

  def put_bucket(slot, bucket, table), do: :erlang.setelement(9, table, put_in_segments(:erlang.element(9, table), slot, bucket))

  defp put_in_segments(segments, slot, bucket) do
    at = div(slot - 1, @segment) + 1
    :erlang.setelement(at, segments, :erlang.setelement(rem(slot - 1, @segment) + 1, :erlang.element(at, segments), bucket))
  end

  # One member more: past the load the next bucket is split.

  def grown({tag, size, n, slots, half, grow, shrink, empty, segments}) when size + 1 <= grow,
    do: {tag, size + 1, n, slots, half, grow, shrink, empty, segments}

  def grown(table) do
    {tag, size, n, slots, half, _, _, empty, segments} = more_segments(table)
    n = n + 1
    {stay, move} = split(bucket(n - half, {tag, 0, 0, 0, 0, 0, 0, 0, segments}), tag, n, slots)
    segments = put_in_segments(put_in_segments(segments, n - half, stay), n, move)
    {tag, size + 1, n, slots, half, n * @grow_load, n * @shrink_load, empty, segments}
  end

  defp more_segments({tag, size, n, n, half, grow, shrink, empty, segments}) do
    added = :erlang.make_tuple(:erlang.tuple_size(segments), empty)
    segments = :erlang.list_to_tuple(:erlang.tuple_to_list(segments) ++ :erlang.tuple_to_list(added))
    {tag, size, n, n * 2, half * 2, grow, shrink, empty, segments}
  end

  defp more_segments(table), do: table

  defp split([member | rest], tag, n, slots) do
    {stay, move} = split(rest, tag, n, slots)

    case :erlang.phash(key(tag, member), slots) do
      ^n -> {stay, [member | move]}
      _ -> {[member | stay], move}
    end
  end

  defp split([], _tag, _n, _slots), do: {[], []}

  defp key(:set, member), do: member
  defp key(:dict, [key | _value]), do: key

  # `count` members fewer: below the load the last bucket joins its other half.

  def shrunk({tag, size, n, slots, half, grow, shrink, empty, segments}, count) when size - count >= shrink or n <= @segment,
    do: {tag, size - count, n, slots, half, grow, shrink, empty, segments}

  def shrunk({tag, size, n, slots, half, _, _, empty, segments} = table, count) do
    joined = bucket(n - half, table) ++ bucket(n, table)
    segments = put_in_segments(put_in_segments(segments, n - half, joined), n, [])
    n = n - 1
    fewer_segments({tag, size - count, n, slots, half, n * @grow_load, n * @shrink_load, empty, segments})
  end

  defp fewer_segments({tag, size, n, slots, n, grow, shrink, empty, segments}) do
    kept = :lists.sublist(:erlang.tuple_to_list(segments), div(:erlang.tuple_size(segments), 2))
    {tag, size, n, div(slots, 2), div(n, 2), grow, shrink, empty, :erlang.list_to_tuple(kept)}
  end

  defp fewer_segments(table), do: table

  # Over all members, from the last bucket to the first.

  def fold(fun, acc, table), do: fold_tuple(&fold_tuple(fn bucket, acc -> :lists.foldl(fun, acc, bucket) end, &2, &1), acc, :erlang.element(9, table))

  defp fold_tuple(fun, acc, tuple), do: :lists.foldl(fun, acc, :lists.reverse(:erlang.tuple_to_list(tuple)))

  # The table with each bucket replaced by fun.(bucket, acc) -> {bucket, acc}, from the last to the first.

  def map_buckets(fun, acc, table) do
    {segments, acc} = map_tuple(&map_tuple(fun, &2, &1), acc, :erlang.element(9, table))
    {:erlang.setelement(9, table, segments), acc}
  end

  defp map_tuple(fun, acc, tuple) do
    {list, acc} = :lists.mapfoldr(fun, acc, :erlang.tuple_to_list(tuple))
    {:erlang.list_to_tuple(list), acc}
  end
end
