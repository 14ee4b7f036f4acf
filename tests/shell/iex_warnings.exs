# Warnings stand on standard error, with the line of the statement.
# cmd: . "${FILE%/*}/iex_piped.sh"; cat "$TMP.err" >&2
# stderr: warning: variable "b" is unused (if the variable is not meant to be used, prefix it with an underscore)
# stderr: iex:2: Warns.f/2
# stderr: warning: function unused/0 is unused
# stderr: warning: redefining module Warns (current version defined in memory)
# stderr: warning: variable "y" does not exist and is being expanded to "y()", please use parentheses to remove the ambiguity or change the variable name
# stderr: warning: String.strip/1 is deprecated. Use String.trim/1 instead
defmodule Warns do
  def f(a, b), do: a
  defp unused, do: 1
end |> elem(1)
defmodule Warns do
  def f(a), do: a
end |> elem(1)
y
String.strip(" a ")
x = 1; x; 2
IO.puts("before"); 1 + :a
System.halt(0)
