# NO_COLOR that is set and not empty: no escape sequence for colours, in what is typed, in results and in help.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: painted() { mux capture-pane -p -e | grep -c "$(printf '\033')"; }
# cmd: open 60 20 "env NO_COLOR=1 $PHIAL"
# cmd: await 'iex(1)>'; type '{:a, "b", 1}'; key Enter; await 'iex(2)>'; type 'h IEx'; key Enter; await 'iex(3)>'; painted; shut
# cmd: open 60 20 "env NO_COLOR= $PHIAL"
# cmd: await 'iex(1)>'; type '{:a, "b", 1}'; key Enter; await 'iex(2)>'; painted
# => 0
# => 2
