defmodule F do
  def area({:circle, r}), do: 3 * r * r
  def area({:rect, w, h}), do: w * h
  def area(_), do: :unknown
end
IO.inspect(F.area({:circle, 2})) # => 12
IO.inspect(F.area({:rect, 2, 3})) # => 6
IO.inspect(F.area(:x)) # => :unknown
