# stderr: warning: function g/0 is unused
defmodule M do
  defp g, do: 1
  def f, do: 1
end
IO.inspect(M.f()) # => 1
