# The bracket, or the do and its end, that belong to the one at the cursor are marked together.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: esc=$(printf '\033'); marked() { mux capture-pane -p -e | grep -o "$esc\[1;4m\($esc\[[0-9;]*m\)*[^$esc]*" | sed "s/.*$esc\[[0-9;]*m//" | tr '\n' ' '; }
# cmd: marks() { [ "$(marked)" = "$1 " ]; }
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type 'if f([1, 2]) do'; key Enter; type ':a'; key Enter; type 'end'; waiting marks 'do end'
# cmd: key C-Home M-f M-f Right; waiting marks '[ ]'; key Left; waiting marks '( )'; echo seen
# => seen
