# stderr: SyntaxError
# exit: 1
"\u{110000}"
