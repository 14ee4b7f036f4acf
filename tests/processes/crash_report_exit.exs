# An exit is no crash: nothing is reported.
spawn(fn -> exit(:silent) end)
Process.sleep(100)
IO.puts("quiet") # => quiet
# flags: --virtual-time
