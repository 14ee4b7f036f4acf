# differs: the place and the hint below Elixir's text are Phial's own; Elixir prints the whole line
# cmd: printf 'x = 1\ny = "a\377b"\n' > $TMP/a.exs; $PHIAL $TMP/a.exs 2>&1 | sed "s|$TMP/||g" | grep -v '^$'
# => ** (UnicodeConversionError) invalid encoding starting at <<255, 98, 34, 10>>
# =>     |
# =>   2 | y = "a?b"
# =>     |       ^
# =>     at a.exs:2:7
# =>     hint: source files are UTF-8
# cmd: awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }' > $TMP/b.exs; $PHIAL $TMP/b.exs 2> $TMP/err; echo $?
# cmd: awk 'length($0) > 300' $TMP/err; grep -c 'b.exs:1:20001: nested too deeply' $TMP/err
# => 1
# => 1
# cmd: printf 'foo(\n  [1,\n  2\n)\n' > $TMP/c.exs; $PHIAL $TMP/c.exs 2>&1 | sed "s|$TMP/||g" | grep -v '^$'
# => ** (SyntaxError) c.exs:4:1: unexpected token: ). The "[" at line 2 is missing terminator "]"
# =>     |
# =>   2 |   [1,
# =>     |   ^
# =>     at c.exs:2:3
# =>     |
# =>   4 | )
# =>     | ^
# =>     at c.exs:4:1
