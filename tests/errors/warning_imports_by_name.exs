# stderr: unused import Enum.filter/2
# stderr: unused import List
# stderr: the default value for the first optional argument in d/2 is never used
# stderr: default values for the optional arguments in e/1 are never used
defmodule M do
  import Enum, only: [map: 2, filter: 2]
  import List
  def f(x), do: {map(x, & &1), d(1), e(2)}
  defp d(x \\ 1, y \\ 2), do: {x, y}
  defp e(x \\ 1), do: x
end

IO.inspect(M.f([1])) # => {[1], {1, 2}, 2}
