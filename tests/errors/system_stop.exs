IO.puts("out") # => out
System.stop(2)
Process.sleep(:infinity)
# exit: 2
