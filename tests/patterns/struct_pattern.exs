defmodule P do
  defstruct [:x, :y]
end
defmodule Q do
  def f(%P{x: x}), do: {:p, x}
  def f(%name{}), do: {:struct, name}
  def f(%{}), do: :map
  def new, do: %P{x: 1}
end
IO.inspect(Q.f(Q.new())) # => {:p, 1}
IO.inspect(Q.f(1..2)) # => {:struct, Range}
IO.inspect(Q.f(%{a: 1})) # => :map
