defmodule M do
  defmacro ok(x), do: quote(do: {:ok, unquote(x)})
end

defmodule U do
  import M
  def get(ok(v)), do: v
  def get(_), do: :none
end

IO.inspect(U.get({:ok, 3})) # => 3
IO.inspect(U.get(:error)) # => :none
