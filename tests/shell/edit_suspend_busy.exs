# C-z suspends also while a statement runs; it goes on in the foreground.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 90 30 "bash --norc -i"; await 'bash'; type "$PHIAL"; key Enter; await 'iex(1)>'
# cmd: type 'IO.puts("ru" <> "ns"); Process.sleep(:infinity)'; key Enter; await 'runs'; key C-z; await 'Stopped'; type 'fg; echo left $?'; key Enter
# cmd: count() { [ "$(screen | grep -c 'fg; echo left')" = 1 ]; }; waiting count; key C-c; await '(interrupted'; type ':on'; key Enter; await 'iex(2)>'
# cmd: key C-d; await 'left 0'; screen | grep '^:on'
# => :on
