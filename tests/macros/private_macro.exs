defmodule M do
  defmacrop sq(x), do: quote(do: unquote(x) * unquote(x))
  def run(n), do: sq(n) + 1
end

IO.inspect(M.run(5)) # => 26
