defmodule Other.Thing do
  def v, do: :other
end

defmodule M do
  alias Other.Thing
  defmacro get, do: quote(do: Thing.v())
end

defmodule U do
  require M
  def run, do: M.get()
end

IO.inspect(U.run()) # => :other
