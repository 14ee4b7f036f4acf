raise "boom" # stderr: ** (RuntimeError) boom
# stderr: tests/errors/uncaught_raise.exs:1: (file)
# exit: 1
