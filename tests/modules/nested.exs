defmodule Outer do
  defmodule Inner do
    def f, do: __MODULE__
  end

  def g, do: Inner.f()
end
IO.inspect(Outer.Inner.f()) # => Outer.Inner
IO.inspect(Outer.g()) # => Outer.Inner
