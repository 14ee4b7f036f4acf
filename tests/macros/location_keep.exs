# `location: :keep`: a definition made by a macro has the place of the quote, in __ENV__ and in stack traces.
defmodule Kept do
  defmacro __using__(_) do
    quote location: :keep do
      def place, do: {Path.basename(__ENV__.file), __ENV__.line}
      def boom(x), do: 1 + x
      def line, do: unquote(__CALLER__.line)
    end
  end
end

defmodule User do
  use Kept
end

IO.inspect(User.place())
IO.inspect(User.line())

try do
  User.boom(:a)
rescue
  ArithmeticError ->
    {User, :boom, 1, info} = Enum.find(__STACKTRACE__, &(elem(&1, 0) == User))
    IO.inspect(info[:line])
end

# => {"location_keep.exs", 5}
# => 13
# => 6
