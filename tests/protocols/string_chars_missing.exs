try do
  Process.get(:x, {1, 2}) |> to_string()
rescue
  e in Protocol.UndefinedError -> IO.puts(Exception.message(e)) # => protocol String.Chars not implemented for {1, 2} of type Tuple
end
