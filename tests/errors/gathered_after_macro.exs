defmodule Hidden do
  defmacro inner, do: quote(do: var!(answer) == 1)
end

defmodule Shown do
  require Hidden
  def a, do: Hidden.inner()
  def b(%{k: ^missing}), do: 1
  def c, do: Hidden.inner()
end
# exit: 1
# stderr: undefined variable "answer"
