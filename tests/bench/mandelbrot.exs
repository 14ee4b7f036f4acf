# SPDX-License-Identifier: Apache-2.0
# Stresses: float arithmetic in a tight loop, nothing allocated that lives.
defmodule Mandelbrot do
  def count(size), do: rows(0, size, 0)

  defp rows(size, size, total), do: total
  defp rows(y, size, total), do: rows(y + 1, size, columns(0, y, size, total))

  defp columns(size, _y, size, total), do: total

  defp columns(x, y, size, total) do
    cr = 2.0 * x / size - 1.5
    ci = 2.0 * y / size - 1.0
    columns(x + 1, y, size, total + inside(0.0, 0.0, cr, ci, 50))
  end

  defp inside(_zr, _zi, _cr, _ci, 0), do: 1
  defp inside(zr, zi, _cr, _ci, _n) when zr * zr + zi * zi > 4.0, do: 0
  defp inside(zr, zi, cr, ci, n), do: inside(zr * zr - zi * zi + cr, 2.0 * zr * zi + ci, cr, ci, n - 1)
end

IO.puts(Mandelbrot.count(800))
