# SPDX-License-Identifier: Apache-2.0
# Stresses: Enum.sort of 300,000 elements, by order, by a function, by a key.
{list, _} = Enum.map_reduce(1..300_000, 42, fn _, s -> s = rem(s * 1_103_515_245 + 12_345, 2_147_483_648); {s, s} end)
IO.inspect(Enum.take(Enum.sort(list), 3))
IO.inspect(Enum.take(Enum.sort(list, :desc), 3))
IO.inspect(Enum.take(Enum.sort(list, &(&1 >= &2)), 3))
IO.inspect(Enum.take(Enum.sort_by(list, &rem(&1, 1000)), 3))
IO.inspect(list |> Enum.map(&Integer.to_string/1) |> Enum.sort() |> Enum.take(3))
IO.inspect(length(Enum.uniq(Enum.map(list, &rem(&1, 5000)))))
