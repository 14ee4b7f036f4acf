# An undefined function is told of once for each line that calls it.
defmodule Calls do
  def run(x) do
    gone(x)
    gone(x + 1) + gone(x + 2)
    Enum.map(x, &gone/1)
  end
end

# exit: 1
# stderr: warning: undefined function gone/1 (expected Calls to define
# stderr: undefined_function_each_line.exs:6
# stderr: undefined_function_each_line.exs:5
# stderr: (CompileError) tests/errors/undefined_function_each_line.exs:4: undefined function gone/1
