# SPDX-License-Identifier: Apache-2.0
# Stresses: lists as sequences: splitting, reversing, rotating.
defmodule Fannkuch do
  def run(n) do
    {checksum, flips, _} = permute(Enum.to_list(1..n), n, {0, 0, 1})
    IO.puts("#{checksum}\nPfannkuchen(#{n}) = #{flips}")
  end

  # All permutations of the first n items: rotate them n times, permuting the first n - 1 each time.
  defp permute(items, 1, {checksum, most, sign}) do
    flips = flips(items, 0)
    {checksum + sign * flips, max(most, flips), -sign}
  end

  defp permute(items, n, acc), do: rotations(items, n, n, acc)

  defp rotations(_items, _n, 0, acc), do: acc

  defp rotations(items, n, left, acc) do
    acc = permute(items, n - 1, acc)
    rotations(rotate(items, n), n, left - 1, acc)
  end

  defp rotate([first | rest], n), do: insert(rest, n - 1, first)

  defp insert(items, 0, item), do: [item | items]
  defp insert([head | tail], n, item), do: [head | insert(tail, n - 1, item)]

  defp flips([1 | _], n), do: n
  defp flips([first | _] = items, n), do: flips(flip(items, first, []), n + 1)

  defp flip(rest, 0, done), do: done ++ rest
  defp flip([head | tail], n, done), do: flip(tail, n - 1, [head | done])
end

Fannkuch.run(10)
