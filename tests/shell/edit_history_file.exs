# The next session has the statements of the last one, also when that was killed; the file holds one a line.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL; clear; echo second; $PHIAL"
# cmd: await 'iex(1)>'
# cmd: type '{:a,'; key Enter; type '"\\"}'; key Enter; await 'iex(2)>'
# cmd: type ':erlang.halt(:abort)'; key Enter; await second; await 'iex(1)>'
# cmd: cat "$TMP/history"
# cmd: key C-l; await 'iex(1)>'; key Up Up; await '...(1)>'; screen
# => {:a,\n  "\\\\"}
# => :erlang.halt(:abort)
# => iex(1)> {:a,
# => ...(1)>   "\\"}
