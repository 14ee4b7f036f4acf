# However the shell ends, the terminal is in the mode it was in.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: for end in 'key C-d' "type ':erlang.halt(:abort)'; key Enter" "type 'System.halt(3)'; key Enter" \
# cmd:            'kill -INT $pid' 'kill -TERM $pid' 'kill -SEGV $pid'; do
# cmd:   open 60 20 "$PHIAL"; await 'iex(1)>'
# cmd:   pid=$(pgrep -f "^$PHIAL\$" -P "$(pgrep -P "$(mux display -p '#{pane_pid}')" timeout)")
# cmd:   eval "$end"; await icanon; screen | grep -o -- '-*icanon'; shut
# cmd: done
# => icanon
# => icanon
# => icanon
# => icanon
# => icanon
# => icanon
