# SIGHUP ends the session at once and cleanly, at the prompt, in an endless statement, and in lessons.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: hang_up() { kill -HUP "$(pgrep -f "^$PHIAL" -P "$(pgrep -P "$(mux display -p '#{pane_pid}')" timeout)")"; await 'left 0'; shut; }
# cmd: open 60 20 "$PHIAL; echo left \$?"; await 'iex(1)>'; hang_up
# cmd: open 60 20 "$PHIAL; echo left \$?"; await 'iex(1)>'; type 'IO.puts("ru" <> "ns"); f = fn g -> g.(g) end; f.(f)'; key Enter; await 'runs'; hang_up
# cmd: open 60 20 "env XDG_STATE_HOME=$TMP $PHIAL learn; echo left \$?"; await 'learn(1)>'
# cmd: type 'IO.puts("ru" <> "ns"); Process.sleep(:infinity)'; key Enter; await 'runs'; hang_up; echo all
# => all
