# Ctrl-D on an empty line leaves, Ctrl-C there does so when it is pressed twice; Ctrl-Z suspends, and the statement is there again afterwards.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: says() { [ "$(mux capture-pane -p | grep -c again)" = "$1" ]; }
# cmd: open 60 20 "$PHIAL; echo left \$?; $PHIAL; echo left \$?; exec bash --norc -i"
# cmd: await 'iex(1)>'; type 'x'; key C-d BSpace C-d; await 'left 0'; await 'iex(1)>'; key C-l; await 'iex(1)>'
# cmd: type ':a'; key C-c; await '^C'; key C-c; await 'Ctrl-C again'; type ':b'; key Enter; await 'iex(2)>'; key C-c; waiting says 2; key C-c; await 'left 0'
# cmd: await 'bash'; type "$PHIAL"; key Enter; at 8; type '[:half,'; key C-z; await 'Stopped'; type 'fg'; key Enter; await 'iex(1)> [:half,'
# cmd: last() { screen | tail -n 1 | grep -q '^iex(2)>'; }
# cmd: type ' :done]'; key Enter; waiting last; screen | tail -n 3
# => iex(1)> [:half, :done]
# => [:half, :done]
# => iex(2)>
