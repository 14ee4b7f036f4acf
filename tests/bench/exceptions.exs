# SPDX-License-Identifier: Apache-2.0
# Stresses: raise and rescue, throw and catch, deep and shallow, with stack traces.
defmodule Exc do
  def deep(0), do: raise(ArgumentError, "deep")
  def deep(n), do: 1 + deep(n - 1)
  def rescue_it(n) do
    deep(n)
  rescue
    e in ArgumentError -> byte_size(e.message)
  end
  def catch_it(n) do
    try do
      if rem(n, 2) == 0, do: throw({:v, n}), else: n
    catch
      {:v, x} -> x
    end
  end
  def error_it(n) do
    try do
      n + :erlang.binary_to_atom("a")
    rescue
      ArithmeticError -> 1
    end
  end
end
IO.inspect(Enum.reduce(1..200_000, 0, fn _, a -> a + Exc.rescue_it(3) end))
IO.inspect(Enum.reduce(1..20_000, 0, fn _, a -> a + Exc.rescue_it(50) end))
IO.inspect(Enum.reduce(1..1_000_000, 0, fn n, a -> a + Exc.catch_it(n) end))
IO.inspect(Enum.reduce(1..200_000, 0, fn n, a -> a + Exc.error_it(n) end))
