# stderr: SyntaxError
# exit: 1
12abc
