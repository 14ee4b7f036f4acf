# Emacs keys: moving, killing, yanking, transposing, undo.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type ':b'; key C-a; type '{:a, '; key C-e; type '}'; key Enter; await 'iex(2)>'
# cmd: type '12, 34'; key C-w; type ':x'; key C-a C-k; type '{'; key C-y; type '}'; key Enter; await 'iex(3)>'
# cmd: type 'ab'; key C-t C-a; type ':'; key Enter; await 'iex(4)>'
# cmd: type '100'; key BSpace; type '7'; key C-_ C-_; key Enter; await 'iex(5)>'
# cmd: type '{:one, :two}'; key M-b M-b; type 'x'; key C-Right; type 'y'; key M-BSpace; type 'z'; key Enter; await 'iex(6)>'
# cmd: type ':a'; key C-u; type ':bb'; key C-u C-y M-y; key Enter; await 'iex(7)>'
# cmd: screen | grep -v '^iex' | tail -n +3
# => {:a, :b}
# => {12, :x}
# => :ba
# => 100
# => {:z, :two}
# => :a
