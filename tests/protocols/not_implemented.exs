defprotocol Nothing do
  def f(x)
end
try do
  Nothing.f(1)
rescue
  e in Protocol.UndefinedError -> IO.puts(Exception.message(e)) # => protocol Nothing not implemented for 1 of type Integer
end
defmodule S do
  defstruct []
end
try do
  Nothing.f(struct(S))
rescue
  e in Protocol.UndefinedError -> IO.puts(Exception.message(e)) # => protocol Nothing not implemented for %S{} of type S (a struct)
end
