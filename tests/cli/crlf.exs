# cmd: printf 'x = 1\r\nIO.puts x\r\n' > $TMP/s.exs; $PHIAL $TMP/s.exs
# => 1
