# SPDX-License-Identifier: Apache-2.0
# Stresses: maps: small ones updated in place of each other, large ones built, read and taken apart.
defmodule Maps do
  def small(0, map), do: map
  def small(n, map), do: small(n - 1, %{map | a: map.a + 1, b: map.c, c: n})

  def build(0, map), do: map
  def build(n, map), do: build(n - 1, Map.put(map, rem(n * 7919, 100_003), n))

  def count(0, map), do: map
  def count(n, map), do: count(n - 1, Map.update(map, "key #{rem(n, 1000)}", 1, &(&1 + 1)))

  def read(0, _map, sum), do: sum
  def read(n, map, sum), do: read(n - 1, map, sum + Map.get(map, n, 0))

  def drop(0, map), do: map
  def drop(n, map), do: drop(n - 1, Map.delete(map, n))
end

IO.inspect(Maps.small(5_000_000, %{a: 0, b: 0, c: 0, d: 0}))
big = Maps.build(200_000, %{})
IO.puts(map_size(big))
IO.puts(Maps.read(1_000_000, big, 0))
IO.puts(map_size(Maps.drop(80_000, big)))
IO.puts(Maps.count(300_000, %{})["key 7"])
