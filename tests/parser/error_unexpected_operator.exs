# stderr: syntax error before:
# exit: 1
x = * 2
