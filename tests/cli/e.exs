# cmd: $PHIAL -e 'IO.puts 1 + 1'
# => 2
