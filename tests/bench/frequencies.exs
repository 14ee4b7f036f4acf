# SPDX-License-Identifier: Apache-2.0
# Stresses: map updates: frequencies, Map.update, update_in, merge.
list = for i <- 1..500_000, do: rem(i * 7919, 10_007)
IO.inspect(Enum.frequencies(list) |> map_size())
IO.inspect(Enum.reduce(list, %{}, fn x, m -> Map.update(m, x, 1, &(&1 + 1)) end) |> Map.get(5))
IO.inspect(Enum.reduce(1..300_000, %{}, fn x, m -> Map.put(m, x, x) end) |> map_size())
state = Enum.reduce(1..300_000, %{a: %{b: 0}, c: 1}, fn x, m -> put_in(m.a.b, x) |> Map.update!(:c, &(&1 + 1)) end)
IO.inspect(state)
words = String.split(String.duplicate("the quick brown fox jumps over the lazy dog ", 10_000))
IO.inspect(Enum.frequencies(words) |> Enum.sort())
