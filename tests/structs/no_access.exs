defmodule P do
  defstruct a: 1
end
try do
  struct(P)[:a]
rescue
  e in UndefinedFunctionError -> IO.puts(Exception.message(e)) # => function P.fetch/2 is undefined (P does not implement the Access behaviour. If you are using get_in/put_in/update_in, you can specify the field to be accessed using Access.key!/1)
end
