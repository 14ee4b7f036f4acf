# cmd: $PHIAL no/such/file.exs
# stderr: No file named no/such/file.exs
# exit: 1
