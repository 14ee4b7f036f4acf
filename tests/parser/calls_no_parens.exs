defmodule M do
  def f(a), do: {:f, a}
  def f(a, b), do: {:f, a, b}
end
IO.inspect(M.f 1) # => {:f, 1}
IO.inspect(M.f 1, 2) # => {:f, 1, 2}
IO.inspect(M.f a: 1, b: 2) # => {:f, [a: 1, b: 2]}
IO.inspect(M.f [a: 1], 2) # => {:f, [a: 1], 2}
