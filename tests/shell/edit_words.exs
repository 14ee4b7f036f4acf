# M-t, M-u, M-l and M-c: words change places, and their case.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type '{:two, :one}'; key C-a M-f M-t; key Enter; await 'iex(2)>'
# cmd: type '"up Äußer LOW cap"'; key C-a M-u M-f M-l M-c; key Enter; await 'iex(3)>'
# cmd: type '"gone"'; key C-a M-u C-_; key Enter; await 'iex(4)>'
# cmd: screen | grep -v '^iex' | tail -n +3
# => {:one, :two}
# => "UP Äußer low Cap"
# => "gone"
