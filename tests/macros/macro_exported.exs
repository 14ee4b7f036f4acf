defmodule M do
  defmacro m(_x), do: nil
  def f, do: 1
end
IO.inspect(macro_exported?(M, :m, 1)) # => true
IO.inspect(function_exported?(M, :f, 0)) # => true
IO.inspect(function_exported?(M, :m, 1)) # => false
IO.inspect(M.__info__(:macros)) # => [m: 1]
