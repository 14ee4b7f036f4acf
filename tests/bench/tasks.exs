# SPDX-License-Identifier: Apache-2.0
# Stresses: 50,000 tasks started and awaited.
for _ <- 1..5 do
  1..50_000 |> Enum.map(&Task.async(fn -> &1 * 2 end)) |> Enum.map(&Task.await/1) |> Enum.sum()
end |> IO.inspect()
