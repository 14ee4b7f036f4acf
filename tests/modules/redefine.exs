defmodule M do
  def v, do: 1
end
IO.inspect(M.v()) # => 1
Code.compiler_options(ignore_module_conflict: true)
defmodule M do
  def v, do: 2
end
IO.inspect(M.v()) # => 2
