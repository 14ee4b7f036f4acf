# stderr: SyntaxError
# exit: 1
"\xZZ"
