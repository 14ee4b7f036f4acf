# cmd: printf 'IO.puts "script"\n' > $TMP/s.exs
# cmd: $PHIAL $TMP/s.exs -e foo
# => script
