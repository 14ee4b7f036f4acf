# SPDX-License-Identifier: Apache-2.0
# Stresses: lists of 200,000 items taken apart and appended, closures.
defmodule Quick do
  def sort([]), do: []

  def sort([pivot | rest]) do
    {small, large} = split(rest, pivot, [], [])
    sort(small) ++ [pivot | sort(large)]
  end

  defp split([], _pivot, small, large), do: {small, large}
  defp split([x | rest], pivot, small, large) when x < pivot, do: split(rest, pivot, [x | small], large)
  defp split([x | rest], pivot, small, large), do: split(rest, pivot, small, [x | large])

  def random(0, _seed, acc), do: acc
  def random(n, seed, acc), do: random(n - 1, rem(seed * 1_103_515_245 + 12_345, 2_147_483_648), [seed | acc])

  def rounds(0, sum), do: sum

  def rounds(n, sum) do
    sorted = sort(random(200_000, n, []))
    rounds(n - 1, sum + Enum.at(sorted, 100_000) + hd(sorted))
  end
end

IO.puts(Quick.rounds(6, 0))
