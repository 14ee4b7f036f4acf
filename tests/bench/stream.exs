# SPDX-License-Identifier: Apache-2.0
# Stresses: lazy pipelines over a million elements: suspended reducers, closures.
for _ <- 1..3 do
  1..1_000_000 |> Stream.map(&(&1 * 3)) |> Stream.filter(&(rem(&1, 2) == 0)) |> Stream.with_index() |> Stream.map(fn {x, i} -> x + i end) |> Enum.sum()
end
|> IO.inspect()

IO.inspect(Stream.iterate(1, &(&1 + 1)) |> Stream.take_while(&(&1 < 500_000)) |> Stream.reject(&(rem(&1, 5) == 0)) |> Enum.count())
IO.inspect(1..300_000 |> Stream.chunk_every(3) |> Stream.map(&Enum.sum/1) |> Enum.sum())
IO.inspect(Stream.unfold({0, 1}, fn {a, b} -> {a, {b, rem(a + b, 1_000_007)}} end) |> Enum.take(300_000) |> List.last())
