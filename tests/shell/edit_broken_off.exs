# `#iex:break` on a line of its own gives up an unfinished statement. A Tab where nothing can be completed does no harm.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'; type '["open'; key Enter; type '#iex:break'; key Enter; await 'TokenMissingError'
# cmd: type ':nosuchmodule.'; key Tab; type 'x'; await 'x'; key C-c; type '"'; key C-v; key Tab Tab Escape Tab; type 'é.'; key Tab C-c
# cmd: type ':here'; key Enter; await 'iex(2)>'; screen | grep -A 3 'break'; screen | tail -n 2
# => ...(1)> #iex:break
# => ** (TokenMissingError) iex:1: incomplete expression
# =>
# => iex(1)> :nosuchmodule.x^C
# => :here
# => iex(2)>
