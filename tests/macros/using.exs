defmodule Greeter do
  defmacro __using__(opts) do
    quote do
      @name unquote(opts[:name])
      def name, do: @name
      def hello, do: "hello #{name()}"
      defoverridable hello: 0
    end
  end
end

defmodule A do
  use Greeter, name: "a"
end

defmodule B do
  use Greeter, name: "b"
  def hello, do: "overridden, " <> super()
end

IO.inspect(A.hello()) # => "hello a"
IO.inspect(B.hello()) # => "overridden, hello b"
