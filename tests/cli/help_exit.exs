# cmd: $PHIAL --help > $TMP/out 2>&1; echo "status $?"
# => status 1
