defmodule Hook do
  defmacro __before_compile__(env) do
    names = Module.definitions_in(env.module) |> Keyword.keys() |> Enum.sort()
    quote do
      def names, do: unquote(names)
    end
  end
end

defmodule A do
  @before_compile Hook
  def a, do: 1
  def b, do: 2
end

IO.inspect(A.names()) # => [:a, :b]
