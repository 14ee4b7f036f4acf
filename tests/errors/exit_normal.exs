IO.puts("before") # => before
exit(:normal)
