# differs: Elixir has no `phial learn`
# cmd: "$PHIAL" -e 'for l <- IEx.Learn.lessons(), do: IO.puts(String.trim(l.answer))' > "$TMP/in" || exit 9
# cmd: export XDG_STATE_HOME="$TMP/state"
# cmd: "$PHIAL" learn < "$TMP/in" > "$TMP/out" 2>&1 || exit 8
# cmd: "$PHIAL" -e 'lessons = IEx.Learn.lessons(); out = File.read!(hd(System.argv())); IO.inspect(length(String.split(out, "✓")) - 1 == length(lessons)); IO.inspect(out =~ "the last lesson"); IO.inspect(out =~ "**")' "$TMP/out"
# cmd: "$PHIAL" -e 'IO.inspect(length(String.split(File.read!(hd(System.argv())))) == length(IEx.Learn.lessons()))' "$TMP/state/phial/learn"
# cmd: "$PHIAL" learn < /dev/null
# Every lesson is solved by its answer; progress is kept.
# => true
# => true
# => false
# => true
# => Welcome back: 40 of 40 lessons are done.
# => Besides code you can type: hint, skip, back, list, again, go N, quit.
# =>
# => That was the last lesson. You have seen what Elixir is made of; now build something.
# => (phial learn 12 shows lesson 12 again, phial learn --fresh begins anew.)
