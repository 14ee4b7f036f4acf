# cmd: awk 'BEGIN { printf "x = 0"; for (i = 0; i < 5000; i++) printf " + 1"; print "\nIO.puts x" }' > $TMP/long.exs; $PHIAL $TMP/long.exs
# => 5000
