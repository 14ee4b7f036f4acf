# Who types the indentation himself gets his own: blanks at the start of a line that is indented already count from the line's start.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 50 "$PHIAL"
# cmd: lines() { while IFS= read -r line; do type "${line#-}"; key Enter; done; }
# cmd: await 'iex(1)>'; lines <<'X'
# cmd: if true do
# cmd: -  x = """
# cmd: -  a
# cmd: -    b
# cmd: -  c
# cmd: -  """
# cmd: -      deep = 1
# cmd: -  {x, deep}
# cmd: end
# cmd: X
# cmd: await 'iex(2)>'; screen | tail -n +3
# => iex(1)> if true do
# => ...(1)>   x = """
# => ...(1)>   a
# => ...(1)>     b
# => ...(1)>   c
# => ...(1)>   """
# => ...(1)>       deep = 1
# => ...(1)>       {x, deep}
# => ...(1)> end
# => {"a\n  b\nc\n", 1}
# => iex(2)>
