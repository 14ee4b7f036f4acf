System.at_exit(fn _ -> IO.puts("not run") end)
System.stop(3)
IO.puts("here") # => here
Process.sleep(3000)
IO.puts("not here")
# exit: 3
