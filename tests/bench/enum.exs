# SPDX-License-Identifier: Apache-2.0
# Stresses: eager pipelines over a million elements: funs, ranges, lists.
list = Enum.to_list(1..1_000_000)
for _ <- 1..3 do
  list |> Enum.map(&(&1 * 3)) |> Enum.filter(&(rem(&1, 2) == 0)) |> Enum.with_index() |> Enum.map(fn {x, i} -> x + i end) |> Enum.sum()
end
|> IO.inspect()

IO.inspect(Enum.reduce(1..1_000_000, 0, fn x, acc -> x + acc end))
IO.inspect(list |> Enum.chunk_every(4) |> Enum.map(&Enum.max/1) |> Enum.sum())
IO.inspect(list |> Enum.group_by(&rem(&1, 7)) |> Enum.map(fn {k, v} -> {k, length(v)} end))
IO.inspect(Enum.zip(list, list) |> Enum.count(fn {a, b} -> a == b end))
IO.inspect(for x <- list, rem(x, 3) == 0, reduce: 0 do acc -> acc + x end)
