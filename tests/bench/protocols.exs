# SPDX-License-Identifier: Apache-2.0
# Stresses: protocol dispatch over structs and built-in types.
defprotocol Area do
  def of(shape)
end
defmodule Circle do
  defstruct [:r]
end
defmodule Square do
  defstruct [:a]
end
defimpl Area, for: Circle do
  def of(c), do: c.r * c.r * 3
end
defimpl Area, for: Square do
  def of(s), do: s.a * s.a
end
defimpl Area, for: Integer do
  def of(n), do: n
end
defimpl Area, for: List do
  def of(l), do: length(l)
end
defmodule Run do
  def go(0, _, acc), do: acc
  def go(n, shapes, acc), do: go(n - 1, shapes, sum(shapes, acc))
  defp sum([], acc), do: acc
  defp sum([s | t], acc), do: sum(t, acc + Area.of(s))
end
IO.inspect(Run.go(1_000_000, [struct(Circle, r: 2), struct(Square, a: 3), 5, [1, 2]], 0))
