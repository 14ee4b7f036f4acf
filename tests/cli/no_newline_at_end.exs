# cmd: printf 'IO.puts 1' > $TMP/s.exs; $PHIAL $TMP/s.exs
# => 1
