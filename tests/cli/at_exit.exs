System.at_exit(fn status -> IO.puts("bye #{status}") end)
IO.puts("main") # => main
# => bye 0
