# SPDX-License-Identifier: Apache-2.0
# Stresses: short lists, recursion over them, allocation.
defmodule Queens do
  def count(n), do: place(n, Enum.to_list(1..n), [])

  defp place(0, _columns, _board), do: 1

  defp place(rows, columns, board) do
    try_columns(columns, rows, columns, board, 0)
  end

  defp try_columns([], _rows, _all, _board, total), do: total

  defp try_columns([column | rest], rows, all, board, total) do
    if safe?(column, board, 1) do
      try_columns(rest, rows, all, board, total + place(rows - 1, all, [column | board]))
    else
      try_columns(rest, rows, all, board, total)
    end
  end

  defp safe?(_column, [], _distance), do: true

  defp safe?(column, [queen | board], distance) do
    queen != column and queen != column + distance and queen != column - distance and
      safe?(column, board, distance + 1)
  end
end

IO.puts(Queens.count(12))
