# cmd: head -c 3000 /bin/sh > $TMP/bin.exs; $PHIAL $TMP/bin.exs > $TMP/out 2> $TMP/err; echo $?; test -s $TMP/err && echo message
# => 1
# => message
