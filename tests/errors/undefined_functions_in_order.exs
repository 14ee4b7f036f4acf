# Of several undefined functions the first, by line and name, is the error; the others are warnings before it, the last first.
defmodule Steps do
  def run(x), do: x |> transform() |> validate() |> save()
  def later, do: first() + 1
end

# exit: 1
# stderr: (CompileError) tests/errors/undefined_functions_in_order.exs:3: undefined function save/1 (expected Steps to define
# stderr: warning: undefined function validate/1 (expected Steps to define
# stderr: warning: undefined function transform/1 (expected Steps to define
# stderr: warning: undefined function first/0 (expected Steps to define
