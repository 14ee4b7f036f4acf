# A default value belongs to the function of all arguments.
defmodule Defaults do
  def f(a, b \\ __ENV__.function, c \\ __ENV__.function), do: {a, b, c}
end

IO.inspect({Defaults.f(1), Defaults.f(1, 2)})
# => {{1, {:f, 3}, {:f, 3}}, {1, 2, {:f, 3}}}
