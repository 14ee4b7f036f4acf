defmodule M do
  defdelegate up(s), to: String, as: :upcase
  defdelegate reverse(l), to: :lists
end
IO.inspect(M.up("x")) # => "X"
IO.inspect(M.reverse([1, 2])) # => [2, 1]
