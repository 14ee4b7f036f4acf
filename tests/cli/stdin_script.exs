# differs: with no file and a pipe on standard input, Elixir prints its help
# cmd: echo 'IO.puts "from stdin"' | $PHIAL
# => from stdin
