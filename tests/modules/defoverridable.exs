defmodule Base1 do
  defmacro __using__(_) do
    quote do
      def f(x), do: x + 1
      defoverridable f: 1
    end
  end
end
defmodule Child do
  use Base1
  def f(x), do: super(x) * 10
end
IO.inspect(Child.f(1)) # => 20
