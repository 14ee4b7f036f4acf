# A statement that passes the heap limit ends the shell's process; the reason is told.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 140 20 "$PHIAL iex --max-heap 50"
# cmd: await 'iex(1)>'; type 'f = fn f, l -> f.(f, [l, l | l]) end; f.(f, [1])'; key Enter; await 'modules remain'; screen | sed -n '3,6s/#PID<[0-9.]*>/PID/p'
# => ** process PID ended: it passed its heap limit of 6553600 words (50 MiB); endless recursion? The limit is set by --max-heap
# => ** (EXIT from PID) shell process exited with reason: killed
# => The shell's process PID held more data than a process may: it passed its heap limit.
