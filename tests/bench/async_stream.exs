# SPDX-License-Identifier: Apache-2.0
# Stresses: Task.async_stream over 100,000 elements.
IO.inspect(1..100_000 |> Task.async_stream(&(&1 * 2), max_concurrency: 8) |> Enum.reduce(0, fn {:ok, x}, acc -> acc + x end))
IO.inspect(1..50_000 |> Task.async_stream(&(&1 * 2), ordered: false, max_concurrency: 50) |> Enum.reduce(0, fn {:ok, x}, acc -> acc + x end))
