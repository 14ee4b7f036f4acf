# exit: 1
# stderr: ** (ArgumentError) argument error
raise ArgumentError
