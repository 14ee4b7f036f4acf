# differs: Elixir knows no file name -
# cmd: echo 'IO.puts "dash"; IO.inspect System.argv()' | $PHIAL - a b
# => dash
# => ["a", "b"]
