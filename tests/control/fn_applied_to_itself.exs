defmodule M do
  def f(g, n), do: if(n == 0, do: [], else: [n | g.(g, n - 1)])
end
IO.inspect(M.f(&M.f/2, 3)) # => [3, 2, 1]
fib = fn f, n -> if n < 2, do: n, else: f.(f, n - 1) + f.(f, n - 2) end
IO.inspect(fib.(fib, 15)) # => 610
