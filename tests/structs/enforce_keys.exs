defmodule P do
  @enforce_keys [:id]
  defstruct [:id, name: "x"]
end
IO.inspect(struct!(P, id: 1)) # => %P{id: 1, name: "x"}
try do
  struct!(P, name: "y")
rescue
  e in ArgumentError -> IO.puts(Exception.message(e)) # => the following keys must also be given when building struct P: [:id]
end
