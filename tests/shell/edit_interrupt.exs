# C-c drops a statement, or interrupts an endless evaluation; keys typed meanwhile are dropped with it; the shell goes on.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type 'half ('; key C-c; await '^C'; await 'iex(1)> '
# cmd: type 'f = fn g -> g.(g) end; f.(f)'; key Enter; await 'f.(f)'; type 'zzz'; key C-c
# cmd: await '(interrupted;'; type ':still_here'; key Enter; await 'iex(2)>'
# cmd: screen | grep -c zzz; screen | grep '^:still'
# => 0
# => :still_here
