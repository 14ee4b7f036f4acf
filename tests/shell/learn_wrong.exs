# differs: Elixir has no `phial learn`
# cmd: printf '24 * 60\nhint\nhint\nhint\n86400\n1 / 0\nspawn_link(fn -> exit(:boom) end) && Process.sleep(50)\nx = 5\n24 *\n60 * 60\n' > "$TMP/in"
# cmd: printf '{:ok, 42}\nskip\nback\nback\ngo 99\n(1 +\n\n\nx +\n1\n|> Kernel.*(7)\ngo 4\nx = 1; y = 2\nquit\n24 * 60 * 60\n' >> "$TMP/in"
# cmd: export XDG_STATE_HOME="$TMP/state"
# cmd: "$PHIAL" learn < "$TMP/in" 2>&1 | grep -E '^(learn|\.\.\.|✓|Not yet|\*\*|[0-9]+/|  *24)'
# cmd: cat "$TMP/state/phial/learn"
# cmd: chmod -R a-w "$TMP/state" && echo '24 * 60 * 60' | XDG_STATE_HOME=/dev/null/nowhere "$PHIAL" learn 2>&1 | grep -E '^learn|✓'
# cmd: chmod -R u+w "$TMP/state"; printf 'rubbish\n\377match\nmatch\n' > "$TMP/state/phial/learn"; "$PHIAL" learn < /dev/null | head -n 1
# cmd: "$PHIAL" learn none 2>&1; echo $?
# cmd: printf '\377\n2 +\n' | "$PHIAL" learn --fresh 2>&1 | grep -oE '^learn.*Error|^...>|^learn.*2.> '
# Wrong answers, hints, code that raises or dies, commands, what is given up; progress that cannot be kept or read.
# => 1/40  Values
# => learn(1)> 1440
# => learn(2)> Multiplication is `*`.
# => learn(3)> 24 * 60 minutes are in a day.
# => learn(4)> This would do it:
# =>     24 * 60 * 60
# => learn(5)> 86400
# => Not yet: let Elixir do the computing
# => learn(6)> ** (ArithmeticError) bad argument in arithmetic expression: 1 / 0
# => learn(7)> ** the process that ran your code has ended: :boom
# => learn(8)> 5
# => learn(9)> ...> 86400
# => ✓ Right.
# => 2/40  Matching
# => learn(10)> {:ok, 42}
# => learn(11)> 
# => 3/40  When nothing matches
# => learn(12)> 
# => 2/40  Matching
# => learn(13)> 
# => 1/40  Values
# => learn(14)> There are 40 lessons.
# => learn(15)> ...> ...> (what you began was given up)
# => learn(15)> ...> 6
# => learn(16)> 42
# => learn(17)> 
# => 4/40  The pin
# => learn(18)> 2
# => Not yet: the pattern should contain ^x
# => learn(19)> Until next time: your progress is kept.
# => numbers
# => learn(1)> 86400
# => ✓ Right.
# => learn(2)> 
# => Welcome back: 1 of 40 lessons are done.
# => phial learn: none is no lesson's number. Usage: phial learn [--fresh | N]
# => 1
# => learn(1)> ** (UnicodeConversionError
# => learn(2)> 
