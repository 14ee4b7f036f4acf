defmodule M do
  import String, only: [upcase: 1]
  defmacro up(x), do: quote(do: upcase(unquote(x)))
end

defmodule U do
  require M
  def run, do: M.up("abc")
end

IO.inspect(U.run()) # => "ABC"
