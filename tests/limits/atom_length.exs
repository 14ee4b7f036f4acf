IO.inspect(String.to_atom(String.duplicate("a", 255)) |> Atom.to_string() |> byte_size()) # => 255

try do
  String.to_atom(String.duplicate("a", 256))
rescue
  e in SystemLimitError -> IO.puts(Exception.message(e)) # => a system limit has been reached
end
