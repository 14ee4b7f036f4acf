# SPDX-License-Identifier: Apache-2.0
# Products with a sum or difference, and constant floats, take one instruction: every path of it gives what two would.
defmodule Fused do
  def madd(a, b, c), do: a * b + c
  def msub(a, b, c), do: a * b - c
  def addm(a, b, c), do: c + a * b
  def subm(a, b, c), do: c - a * b
  def consts(x), do: {x + 1.5, 1.5 + x, x - 1.5, 1.5 - x, x * 1.5, 1.5 * x, x / 1.5}
  def order(x), do: {x < 1.5, x <= 1.5, x > 1.5, x >= 1.5, 1.5 < x, 1.5 <= x, 1.5 > x, 1.5 >= x}
  def guard(a, b, c) when a * b + c > 2.5, do: :big
  def guard(_, _, _), do: :small
  def try_it(f) do
    f.()
  rescue
    e -> {Exception.message(e), hd(__STACKTRACE__) |> Tuple.to_list() |> Enum.take(3)}
  end
end

for {a, b, c} <- [{2, 3, 4}, {2.0, 3.0, 4.0}, {2, 3.0, 4}, {2.0, 3, 4}, {0.0, 5.0, 0.0}, {1.0e200, 1.0e-200, 1.0e-310}, {0x7FFFFFFF, 0x7FFFFFFFFF, -1},
                  {0xFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, 0.5}, {-3, 1.0e20, 7}] do
  IO.inspect({Fused.madd(a, b, c), Fused.msub(a, b, c), Fused.addm(a, b, c), Fused.subm(a, b, c), Fused.guard(a, b, c)})
end

for x <- [0, 1, 2, 1.5, 0.0, -0.5, 1.0e300, 123_456_789_012_345_678_901_234_567_890] do
  IO.inspect({Fused.consts(x), Fused.order(x)})
end

IO.inspect(Fused.order(:atom))
IO.inspect(Fused.guard(:a, 1, 2))
IO.inspect(Fused.try_it(fn -> Fused.madd(:a, 2, 3) end))
IO.inspect(Fused.try_it(fn -> Fused.madd(2, 3, :c) end))
IO.inspect(Fused.try_it(fn -> Fused.addm(2, 3, :c) end))
IO.inspect(Fused.try_it(fn -> Fused.subm(2, 3, :c) end))
IO.inspect(Fused.try_it(fn -> Fused.msub(2.0e200, 3.0e200, 1.0) end))
IO.inspect(Fused.try_it(fn -> Fused.consts(:x) end))
