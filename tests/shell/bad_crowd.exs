# A statement fills the system with running processes: C-c ends them, and the session goes on.
# differs: the editor is Phial's own
# stress: turns of one reduction make this take minutes
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 90 20 "$PHIAL"
# cmd: await 'iex(1)>'; type 'x = 1'; key Enter; await 'iex(2)>'
# cmd: type 'Process.flag(:priority, :high); f = fn g -> g.(g) end; for _ <- 1..12_000, do: spawn(fn -> f.(f) end)'; key M-Enter
# cmd: type 'IO.puts("running"); Process.flag(:priority, :normal); f.(f)'; key Enter; await 'running'; key C-c
# cmd: await 'iex(2)>'; type '{x, :here}'; key Enter; await 'iex(3)>'; screen | tail -n 5 | sed 's/(120[0-9]*/(N/'
# => (interrupted; the shell's process is a new one, its variables are kept)
# => (N processes that the session had started were ended: they left it no room)
# => iex(2)> {x, :here}
# => {1, :here}
# => iex(3)>
