try do
  send(:no_such_name, :x)
rescue
  e in ArgumentError -> IO.inspect(Exception.message(e)) # => "errors were found at the given arguments:\n\n  * 1st argument: invalid destination\n"
end

IO.inspect(send(spawn(fn -> :ok end), :returned)) # => :returned
