defmodule M do
  defmacro double(x), do: quote(do: unquote(x) * 2)
end

defmodule U do
  require M
  def run, do: M.double(1 + 2)
end

IO.inspect(U.run()) # => 6
