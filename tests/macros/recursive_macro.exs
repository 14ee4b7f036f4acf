defmodule M do
  defmacro sum([]), do: 0
  defmacro sum([h | t]), do: quote(do: unquote(h) + M.sum(unquote(t)))
end

defmodule U do
  require M
  def run, do: M.sum([1, 2, 3])
end

IO.inspect(U.run()) # => 6
