# stderr: to stderr
IO.puts(:stderr, "to stderr")
IO.puts("to stdout") # => to stdout
