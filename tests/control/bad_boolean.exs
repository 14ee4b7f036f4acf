try do
  Process.get(:v, 1) and true
rescue
  e in BadBooleanError -> IO.puts(Exception.message(e)) # => expected a boolean on left-side of "and", got: 1
end
