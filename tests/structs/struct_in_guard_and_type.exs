defmodule A do
  defstruct v: 1
end
f = fn
  x when is_struct(x, A) -> :a
  x when is_struct(x) -> :s
  _ -> :n
end
IO.inspect(Enum.map([struct(A), 1..2, %{}], f)) # => [:a, :s, :n]
