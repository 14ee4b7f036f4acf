# cmd: $PHIAL --version > $TMP/out && echo fine
# => fine
