# Clauses made of unquote fragments or by macros need not stand together.
defmodule Mk do
  defmacro mk(n), do: (quote do def k(unquote(n)), do: unquote(n) end)
end
defmodule A do
  import Mk
  for i <- 1..2 do
    def f(unquote(i)), do: unquote(i)
    def g(unquote(i)), do: unquote(i)
  end
  mk(1)
  def j(1), do: 1
  mk(2)
end
IO.inspect({A.f(2), A.g(1), A.k(2), A.j(1)}) # => {2, 1, 2, 1}
