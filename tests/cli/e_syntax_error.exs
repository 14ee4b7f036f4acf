# cmd: $PHIAL -e 'IO.puts ('
# stderr: TokenMissingError
# exit: 1
