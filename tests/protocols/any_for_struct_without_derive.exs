defprotocol P do
  def f(x)
end
defimpl P, for: Any do
  def f(_), do: :any
end
defmodule D do
  @derive P
  defstruct []
end
defmodule N do
  defstruct []
end
IO.inspect(P.f(struct(D))) # => :any
IO.inspect((try do P.f(struct(N)) rescue e -> e.__struct__ end)) # => Protocol.UndefinedError
