defprotocol Area do
  def area(shape)
end
defmodule Circle do
  defstruct r: 2
  defimpl Area do
    def area(c), do: c.r * c.r * 3
  end
end
defmodule Sq do
  defstruct s: 2
end
defimpl Area, for: Sq do
  def area(%{s: s}), do: s * s
end
IO.inspect(Area.area(struct(Circle))) # => 12
IO.inspect(Area.area(struct(Sq, s: 5))) # => 25
