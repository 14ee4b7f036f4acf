defmodule M do
  def neg(a), do: {:neg, a}
  def test, do: neg -1
  def test2, do: neg(-1)
end
IO.inspect(M.test()) # => {:neg, -1}
IO.inspect(M.test2()) # => {:neg, -1}
