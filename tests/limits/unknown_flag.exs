# cmd: $PHIAL --no-such-flag > $TMP/out 2> $TMP/err; echo $?; grep -c 'no-such-flag' $TMP/err
# => 1
# => 1
