defmodule M do
  IO.puts("in #{inspect(__MODULE__)}") # => in M
  x = 1 + 1
  IO.puts(x) # => 2
  def x, do: unquote(x)
end
IO.inspect(M.x()) # => 2
