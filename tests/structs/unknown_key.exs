defmodule P do
  defstruct [:a]
end
try do
  struct!(P, zz: 1)
rescue
  e in KeyError -> IO.puts(Exception.message(e)) # => key :zz not found
end
try do
  p = struct(P)
  %{p | zz: 1}
rescue
  e in KeyError -> IO.puts(Exception.message(e) |> String.slice(0, 17)) # => key :zz not found
end
