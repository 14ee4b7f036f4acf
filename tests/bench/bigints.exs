# SPDX-License-Identifier: Apache-2.0
# Stresses: integers of thousands of digits: multiplication, division, printing.
defmodule Big do
  def fact(0), do: 1
  def fact(n), do: n * fact(n - 1)

  def fib(0, a, _b), do: a
  def fib(n, a, b), do: fib(n - 1, b, a + b)

  # Digits of pi by a spigot.
  def pi(0, _, _, _, _, _, _, acc), do: acc |> Enum.reverse() |> Enum.join()

  def pi(digits, q, r, t, k, n, l, acc) do
    if 4 * q + r - t < n * t do
      pi(digits - 1, q * 10, 10 * (r - n * t), t, k, div(10 * (3 * q + r), t) - 10 * n, l, [n | acc])
    else
      pi(digits, q * k, (2 * q + r) * l, t * l, k + 1, div(q * (7 * k + 2) + r * l, t * l), l + 2, acc)
    end
  end
end

IO.puts(Big.pi(2200, 1, 0, 1, 1, 3, 3, []))
IO.puts(rem(Big.fact(4000), 1_000_000_007))
IO.puts(Big.fib(40_000, 0, 1) |> Integer.to_string() |> String.length())
IO.puts(rem(3 ** 100_000, 10 ** 20))
