# cmd: : > $TMP/s.exs; $PHIAL $TMP/s.exs; echo $?
# => 0
