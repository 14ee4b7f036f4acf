# The statement is laid out anew when the terminal changes its width.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 40 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type '[1111111111, 2222222222, 3333333333, 4]'; await '4]'
# cmd: resize 30 20; await '2, 3333333333, 4]'; screen | tail -n 2
# cmd: resize 60 20; await '2222222222, 3333333333, 4]'; screen | tail -n 1
# => iex(1)> [1111111111, 222222222
# => 2, 3333333333, 4]
# => iex(1)> [1111111111, 2222222222, 3333333333, 4]
