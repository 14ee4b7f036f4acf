try do
  m = Process.get(:m, 5)
  %{m | a: 1}
rescue
  e in BadMapError -> IO.puts(Exception.message(e)) # => expected a map, got: 5
end
