defmodule A do
  @x 1
  @y @x + 1
  def f, do: {@x, @y}
end
IO.inspect(A.f) # => {1, 2}
