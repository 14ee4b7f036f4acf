# cmd: printf 'x = [1, 2\ny = 3\n' > $TMP/a.exs; $PHIAL $TMP/a.exs 2> $TMP/err; echo $?; grep -c '^\*\*.*a.exs' $TMP/err
# => 1
# => 1
