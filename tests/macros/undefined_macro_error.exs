defmodule U do
  def run, do: apply(M, :nope, [1])
end
try do
  U.run()
rescue
  e in UndefinedFunctionError -> IO.puts(Exception.message(e)) # => function M.nope/1 is undefined (module M is not available)
end
