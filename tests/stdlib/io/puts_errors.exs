try do
  IO.puts(Process.get(:x, {1, 2}))
rescue
  e -> IO.puts(Exception.message(e) |> String.split("\n") |> hd()) # => protocol String.Chars not implemented for {1, 2} of type Tuple
end
