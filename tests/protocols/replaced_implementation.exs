# A call finds the implementation that is loaded now: one that was replaced, derived, or came after the fallback.
defprotocol Size do
  @fallback_to_any true
  def size(value)
end

defimpl Size, for: Any do
  defmacro __deriving__(module, _struct, _options) do
    quote do
      defimpl Size, for: unquote(module) do
        def size(_), do: :derived
      end
    end
  end

  def size(_), do: :any
end

defmodule Box do
  defstruct [:a]
end

Code.compiler_options(ignore_module_conflict: true)
sizes = fn -> IO.inspect(for v <- [struct(Box, a: 1), 1, "a"], do: Size.size(v)) end

sizes.()
# => [:any, :any, :any]
defimpl Size, for: [Integer, Box] do
  def size(_), do: @for
end

sizes.()
# => [Box, Integer, :any]
defimpl Size, for: Box do
  def size(_), do: :second
end

sizes.()
# => [:second, Integer, :any]
:code.purge(Size.Box)
:code.delete(Size.Box)
sizes.()
# => [:any, Integer, :any]
require Protocol
Protocol.derive(Size, Box)
sizes.()
# => [:derived, Integer, :any]
