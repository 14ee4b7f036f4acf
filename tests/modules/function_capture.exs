defmodule M do
  def f(x), do: {:f, x}
  def cap, do: [&f/1, &M.f/1, &__MODULE__.f/1]
end
fs = M.cap()
IO.inspect(Enum.map(fs, fn f -> f.(1) end)) # => [f: 1, f: 1, f: 1]
IO.inspect(is_function(&M.f/1, 1)) # => true
IO.inspect(inspect(&M.f/1)) # => "&M.f/1"
x = &M.f/1
IO.inspect(x == (&M.f/1)) # => true
