# Of a statement that is taller than the screen the part around the cursor is shown; submitted it is shown whole.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 40 6 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type 'length ['; key Enter; for i in 1 2 3 4 5 6 7; do type "$i,"; key Enter; done; type '8'; await ' 8'; screen
# cmd: key M-C-Home; for i in 1 2 3 4 5 6 7 8; do key Up; done; await 'length ['; screen
# cmd: key C-End; type ']'; key Enter; await 'iex(2)>'; mux capture-pane -p -S - | tail -n 11 | head -n 4
# => ...(1)>   3,
# => ...(1)>   4,
# => ...(1)>   5,
# => ...(1)>   6,
# => ...(1)>   7,
# => ...(1)>   8
# => iex(1)> length [
# => ...(1)>   1,
# => ...(1)>   2,
# => ...(1)>   3,
# => ...(1)>   4,
# => ...(1)>   5,
# => iex(1)> length [
# => ...(1)>   1,
# => ...(1)>   2,
# => ...(1)>   3,
