# cmd: $PHIAL $FILE go 2> $TMP/err | head -1; echo done
# A program whose reader has gone ends by itself.
if System.argv() == ["go"], do: for(i <- Stream.iterate(1, &(&1 + 1)), do: IO.puts(i))
# => 1
# => done
