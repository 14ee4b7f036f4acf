# stderr: ** (CompileError) tests/errors/undefined_local_function.exs:4: undefined function nope/1 (expected M to define such a function or for it to be imported, but none are available)
# exit: 1
defmodule M do
  def f, do: nope(1)
end
