# cmd: printf 'IO.puts 1\n\000\n' > $TMP/nul.exs; $PHIAL $TMP/nul.exs > $TMP/out 2> $TMP/err; echo $?; grep -c 'nul.exs:2' $TMP/err
# => 1
# => 1
