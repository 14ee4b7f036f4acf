# SPDX-License-Identifier: Apache-2.0
# Stresses: 5,000!, fib 50,000 and 1,000 digits of pi.
defmodule Big do
  def fact(0), do: 1
  def fact(n), do: n * fact(n - 1)
  def fib(n), do: fib(n, 0, 1)
  defp fib(0, a, _), do: a
  defp fib(n, a, b), do: fib(n - 1, b, a + b)
  def pi(n), do: pi(n, 1, 0, 1, 1, 3, 3, [])
  defp pi(0, _, _, _, _, _, _, acc), do: acc |> Enum.reverse() |> Enum.join()
  defp pi(n, q, r, t, k, m, x, acc) do
    if 4 * q + r - t < m * t do
      pi(n - 1, q * 10, (r - m * t) * 10, t, k, div(10 * (3 * q + r), t) - 10 * m, x, [m | acc])
    else
      pi(n, q * k, (2 * q + r) * x, t * x, k + 1, div(q * (7 * k + 2) + r * x, t * x), x + 2, acc)
    end
  end
end
IO.inspect(Big.fact(5000) |> Integer.to_string() |> String.length())
for _ <- 1..3, do: Big.fact(5000)
IO.inspect(Big.fib(50_000) |> Integer.to_string() |> String.slice(0, 20))
IO.inspect(Big.pi(1000) |> String.slice(-10, 10))
