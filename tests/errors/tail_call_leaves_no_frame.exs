defmodule M do
  def f(x), do: g(x)
  def g(x), do: raise("no trace of f/1 #{x}")
end

try do
  M.f(1)
rescue
  _ -> IO.inspect(for {M, f, a, _} <- __STACKTRACE__, do: {f, a}) # => [g: 1]
end
