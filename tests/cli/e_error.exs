# cmd: $PHIAL -e 'raise "from e"'
# stderr: ** (RuntimeError) from e
# exit: 1
