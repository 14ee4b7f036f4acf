defmodule P do
  defstruct x: 0, y: nil
end
defmodule U do
  def a, do: %P{}
  def b, do: %P{x: 5}
  def c, do: %{%P{x: 5} | y: 1}
  def d(%P{x: x}), do: x
end
IO.inspect(U.a()) # => %P{x: 0, y: nil}
IO.inspect(U.b()) # => %P{x: 5, y: nil}
IO.inspect(U.c()) # => %P{x: 5, y: 1}
IO.inspect(U.d(U.b())) # => 5
IO.inspect(U.a().__struct__) # => P
