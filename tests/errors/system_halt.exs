IO.puts("out") # => out
System.halt(4)
# exit: 4
