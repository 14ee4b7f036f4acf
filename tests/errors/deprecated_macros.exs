defmodule Old do
  @deprecated "do otherwise"
  defmacro __using__(_), do: nil
  @deprecated "call g"
  defmacro m(x), do: x
end

defmodule New do
  use Old
  require Old
  unused = 1
  def a, do: Old.m(1)
end

use Bitwise
IO.inspect({1 &&& 3, New.a()}) # => {1, 1}
# stderr: warning: use Old is deprecated. do otherwise
# stderr: deprecated_macros.exs:9: New
# stderr: warning: Old.m/1 is deprecated. call g
# stderr: deprecated_macros.exs:12: New.a/0
# stderr: warning: variable "unused" is unused
# stderr: deprecated_macros.exs:11: New
# stderr: warning: use Bitwise is deprecated. import Bitwise instead
