defmodule G do
  def f(x) when x > 0, do: x
end
try do
  G.f(-1)
rescue
  e in FunctionClauseError -> IO.puts(Exception.message(e)) # => no function clause matching in G.f/1
end
