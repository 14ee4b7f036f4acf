# A folder is no script.
# cmd: mkdir $TMP/folder; $PHIAL $TMP/folder > $TMP/out 2> $TMP/err; echo $?; test -s $TMP/err && echo message
# => 1
# => message
