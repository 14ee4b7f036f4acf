defmodule M do
  @moduledoc false
  def b(x), do: x
  def a, do: 1
  defp c, do: 2
  def d, do: c()
end
IO.inspect(M.__info__(:functions)) # => [a: 0, b: 1, d: 0]
IO.inspect(M.__info__(:module)) # => M
IO.inspect(M.module_info(:module)) # => M
IO.inspect({:a, 0} in M.module_info(:exports)) # => true
