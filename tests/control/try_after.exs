r =
  try do
    IO.puts("body") # => body
    :result
  after
    IO.puts("after") # => after
    :ignored
  end
IO.inspect(r) # => :result
try do
  try do
    raise "inner"
  after
    IO.puts("cleanup") # => cleanup
  end
rescue
  e -> IO.puts("outer got " <> e.message) # => outer got inner
end
