# A terminal that cannot move its cursor gets no editor, and no colours.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "env TERM=dumb $PHIAL"
# cmd: await 'iex(1)>'; type '1 +'; key Enter; await '...(1)>'; type '2'; key Enter; await 'iex(2)>'; screen | tail -n +3; mux capture-pane -p -e | grep -c "$(printf "\033")" || true
# => iex(1)> 1 +
# => ...(1)> 2
# => 3
# => iex(2)>
# => 0
