# The terminal is closed while a statement runs: the history is there, no process is left.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'; type ':kept'; key Enter; await 'iex(2)>'
# cmd: type 'spawn(fn -> Process.sleep(:infinity) end); IO.puts("runs"); f = fn g -> g.(g) end; f.(f)'; key Enter; await 'runs'
# cmd: pid=$(pgrep -f "^$PHIAL\$" -P "$(pgrep -P "$(mux display -p '#{pane_pid}')" timeout)"); mux kill-server; waiting gone "$pid"
# cmd: grep -c '' "$TMP/history"; head -n 1 "$TMP/history"
# => 2
# => :kept
