defmodule M do
  def run(x, do: block), do: {x, block}
  def id(x, opts \\ []), do: {x, opts}
end
r = M.run M.id 1 do
  :block
end
IO.inspect(r) # => {{1, []}, :block}
