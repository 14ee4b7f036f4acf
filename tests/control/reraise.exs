try do
  try do
    raise ArgumentError, "first"
  rescue
    e -> reraise e, __STACKTRACE__
  end
rescue
  e -> IO.inspect({e.__struct__, e.message}) # => {ArgumentError, "first"}
end
