System.at_exit(fn _ -> IO.puts("not run") end)
System.stop(3)
IO.puts("here") # => here
# exit: 3
