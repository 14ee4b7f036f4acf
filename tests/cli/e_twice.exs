# cmd: $PHIAL -e 'IO.puts :a' -e 'IO.puts :b'
# => a
# => b
