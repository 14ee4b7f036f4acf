# stderr: warning: variable "x" is unused (if the variable is not meant to be used, prefix it with an underscore)
# stderr: tests/errors/warning_unused_variable.exs:4: M.f/1
defmodule M do
  def f(x), do: 1
end
IO.inspect(M.f(1)) # => 1
