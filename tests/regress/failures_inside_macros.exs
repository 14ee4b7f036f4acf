# Several definitions fail while a macro of theirs is expanded: each is told of, the first is the error.
# stderr: ** (CompileError) tests/regress/failures_inside_macros.exs:5: cannot invoke remote function String.length/1 inside guards
# exit: 1
defmodule FailuresInsideMacros do
  def f(x), do: if(x, do: (case x do y when String.length(y) > 1 -> y end))
  def g(x), do: unless(x, do: (case x do y when String.length(y) > 1 -> y end))
  def h(x), do: x |> then(fn z when String.length(z) > 1 -> z end)
end
