defmodule M do
  def line, do: __ENV__.line
  def file, do: Path.basename(__ENV__.file)
  def here, do: __ENV__.function
end
IO.inspect({M.line(), M.file(), M.here()}) # => {2, "compile_env_functions.exs", {:here, 0}}
