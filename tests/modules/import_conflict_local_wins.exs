defmodule M do
  def max_of(a, b), do: if(a > b, do: a, else: b)
  def f, do: max_of(1, 2)
end
IO.inspect(M.f()) # => 2
