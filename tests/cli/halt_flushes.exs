# cmd: $PHIAL -e 'for i <- 1..2000, do: IO.puts(i); System.halt(3)' > $TMP/out; echo $?; wc -l < $TMP/out
# => 3
# => 2000
