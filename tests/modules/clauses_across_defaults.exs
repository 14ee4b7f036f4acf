defmodule M do
  def f(x, y \\ 0)
  def f(:a, y), do: {:a, y}
  def f(x, y) when is_integer(x), do: {:int, x, y}
end
IO.inspect({M.f(:a), M.f(1), M.f(:a, 2)}) # => {{:a, 0}, {:int, 1, 0}, {:a, 2}}
