# stderr: missing terminator: " (for string starting at line 4)
# exit: 1
# stderr: TokenMissingError
IO.puts "abc
