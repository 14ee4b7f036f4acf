defmodule Very.Long.Name do
  def f, do: :f
end
defmodule User do
  alias Very.Long.Name
  alias Very.Long, as: L
  alias Very.{Long}
  def a, do: Name.f()
  def b, do: L.Name.f()
  def c, do: Long.Name.f()
  def d, do: __MODULE__.a()
end
IO.inspect({User.a(), User.b(), User.c(), User.d()}) # => {:f, :f, :f, :f}
