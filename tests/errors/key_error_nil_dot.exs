try do
  Process.get(:nothing).name
rescue
  e -> IO.puts(Exception.message(e)) # => key :name not found in: nil. If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map
end
try do
  Process.get(:n, 1).name
rescue
  e -> IO.puts(Exception.message(e)) # => key :name not found in: 1. If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map
end
