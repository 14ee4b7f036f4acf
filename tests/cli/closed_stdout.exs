# cmd: $PHIAL -e 'for i <- 1..100000, do: IO.puts(i)' 2> $TMP/err | head -n 2
# => 1
# => 2
