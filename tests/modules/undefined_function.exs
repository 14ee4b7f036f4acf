defmodule M do
  def hello, do: 1
end
try do
  apply(M, :helo, [])
rescue
  e in UndefinedFunctionError -> IO.puts(Exception.message(e)) # => function M.helo/0 is undefined or private
end
try do
  apply(Nope, :x, [1])
rescue
  e in UndefinedFunctionError -> IO.puts(Exception.message(e)) # => function Nope.x/1 is undefined (module Nope is not available)
end
