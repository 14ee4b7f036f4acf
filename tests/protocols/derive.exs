defprotocol Tag do
  @fallback_to_any true
  def tag(x)
end
defimpl Tag, for: Any do
  defmacro __deriving__(module, _struct, opts) do
    quote do
      defimpl Tag, for: unquote(module) do
        def tag(_), do: {:derived, unquote(opts)}
      end
    end
  end
  def tag(_), do: :any
end
defmodule A do
  @derive {Tag, [x: 1]}
  defstruct []
end
IO.inspect(Tag.tag(struct(A))) # => {:derived, [x: 1]}
IO.inspect(Tag.tag(1)) # => :any
