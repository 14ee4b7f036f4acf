# stderr: warning: clauses with the same name and arity (number of arguments) should be grouped together, "def f/1" was previously defined (tests/errors/warning_clauses_not_grouped.exs:3)
defmodule M do
  def f(1), do: 1
  def g, do: 2
  def f(2), do: 3
end
