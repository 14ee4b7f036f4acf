# stress: a collection at every call walks the whole deep stack: quadratic
# Recursion is bounded by memory, not by the C stack.
defmodule M do
  def sum([]), do: 0
  def sum([h | t]), do: h + sum(t)
end

IO.inspect(M.sum(Enum.to_list(1..1_000_000))) # => 500000500000
