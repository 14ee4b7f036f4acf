defmodule M do
  def pub, do: priv()
  defp priv, do: :private
end
IO.inspect(M.pub()) # => :private
IO.inspect(function_exported?(M, :priv, 0)) # => false
try do
  apply(M, :priv, [])
rescue
  e -> IO.puts(Exception.message(e)) # => function M.priv/0 is undefined or private
end
