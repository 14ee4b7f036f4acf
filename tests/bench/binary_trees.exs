# SPDX-License-Identifier: Apache-2.0
# Stresses: allocation of small tuples and their collection, short- and long-lived.
defmodule Trees do
  def make(0), do: {nil, nil}
  def make(depth), do: {make(depth - 1), make(depth - 1)}

  def check({nil, nil}), do: 1
  def check({left, right}), do: 1 + check(left) + check(right)

  def rounds(0, _depth, total), do: total
  def rounds(n, depth, total), do: rounds(n - 1, depth, total + check(make(depth)))

  def run(max) do
    IO.puts("stretch tree of depth #{max + 1}, check #{check(make(max + 1))}")
    long_lived = make(max)

    for depth <- 4..max//4 do
      n = Bitwise.<<<(1, max - depth + 4)
      IO.puts("#{n} trees of depth #{depth}, check #{rounds(n, depth, 0)}")
    end

    IO.puts("long lived tree of depth #{max}, check #{check(long_lived)}")
  end
end

Trees.run(17)
