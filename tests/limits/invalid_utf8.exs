# Bad bytes in a source file: an error, no crash.
# cmd: printf 'IO.puts "\377\376"\n' > $TMP/bad.exs; $PHIAL $TMP/bad.exs > $TMP/out 2> $TMP/err; echo $?; test -s $TMP/err && echo message
# => 1
# => message
