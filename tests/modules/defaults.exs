defmodule M do
  def f(a, b \\ 2, c \\ 3), do: {a, b, c}
  def g(x \\ [], y)
  def g(x, y), do: {x, y}
end
IO.inspect(M.f(1)) # => {1, 2, 3}
IO.inspect(M.f(1, 9)) # => {1, 9, 3}
IO.inspect(M.f(1, 9, 8)) # => {1, 9, 8}
IO.inspect(M.g(1)) # => {[], 1}
IO.inspect(M.g(1, 2)) # => {1, 2}
