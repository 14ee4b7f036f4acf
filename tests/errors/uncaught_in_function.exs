defmodule M do
  def f(x) do
    y = g(x)
    y + 1
  end

  def g(x) do
    z = h(x)
    z + 1
  end

  def h(x) when x < 0, do: x
  def h(x), do: raise(ArgumentError, "bad thing #{x}") # stderr: ** (ArgumentError) bad thing 1
end

r = M.f(1)
IO.inspect(r)
# stderr: tests/errors/uncaught_in_function.exs:13: M.h/1
# stderr: tests/errors/uncaught_in_function.exs:8: M.g/1
# stderr: tests/errors/uncaught_in_function.exs:3: M.f/1
# stderr: tests/errors/uncaught_in_function.exs:16: (file)
# exit: 1
