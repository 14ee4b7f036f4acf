defmodule M do
  defmacro set(v), do: quote(do: var!(x) = unquote(v))
end

defmodule U do
  import M

  def run do
    x = 1
    _ = x
    set(2)
    x
  end
end

IO.inspect(U.run()) # => 2
