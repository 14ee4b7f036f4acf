# Without the editor Ctrl-C interrupts as well, drops what a statement has so far, and twice leaves. No waiting statement is a deadlock.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 80 30 "bash --norc -i"; await 'bash'; type "TERM=dumb $PHIAL; echo left \$?"; key Enter
# cmd: await 'iex(1)>'; type 'x = 5'; key Enter; await 'iex(2)>'; type 'IO.puts("wa" <> "its"); Process.sleep(:infinity)'; key Enter; await 'waits'; key C-c
# cmd: await 'are kept'; type '1 +'; key Enter; await '...(2)>'; key C-c; await 'again'; type 'x + 2'; key Enter; await 'iex(3)>'
# cmd: key C-c; says() { [ "$(screen | grep -c again)" = 2 ]; }; waiting says; key C-c; await 'left 0'; screen | sed -n '/^waits/,/^left/p'
# => waits
# => ^C
# => (interrupted; the shell's process is a new one, its variables are kept)
# => iex(2)> 1 +
# => ...(2)> ^C
# => (Ctrl-C again or Ctrl-D leaves)
# => iex(2)> x + 2
# => 7
# => iex(3)> ^C
# => (Ctrl-C again or Ctrl-D leaves)
# => iex(3)> ^C
# => left 0
