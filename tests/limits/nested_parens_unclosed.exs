# cmd: awk 'BEGIN { for (i = 0; i < 5000; i++) printf "("; print "" }' > $TMP/deep.exs
# cmd: $PHIAL $TMP/deep.exs > $TMP/out 2> $TMP/err; echo $?; grep -c '^\*\*.*deep.exs' $TMP/err
# => 1
# => 1
