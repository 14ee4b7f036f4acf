# cmd: printf 'IO.puts "a"\n' > $TMP/a.exs; printf 'IO.puts "b"\n' > $TMP/b.exs
# cmd: $PHIAL -r $TMP/a.exs $TMP/b.exs
# => a
# => b
