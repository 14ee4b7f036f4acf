# stderr: ** (CompileError)
# stderr: undefined function nope/0 (expected M to define such a function or for it to be imported, but none are available)
# stderr: warning: variable "nope" does not exist and is being expanded to "nope()"
# exit: 1
defmodule M do
  def f, do: nope + 1
end
