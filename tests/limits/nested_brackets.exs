# differs: Elixir parses 100,000 nested brackets, or dies of them
# cmd: awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; for (i = 0; i < 100000; i++) printf "]"; print "" }' > $TMP/deep.exs
# cmd: $PHIAL $TMP/deep.exs > $TMP/out 2> $TMP/err; s=$?; [ $s -eq 0 ] || grep -q 'deep.exs:1:' $TMP/err && [ $s -lt 2 ] && echo survived
# => survived
