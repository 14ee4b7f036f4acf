# A .iex.exs that waits for ever can be interrupted, one that ends its process is not read again; one may ask for a line. After `respawn`
# an interruption does not bring back what was forgotten.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: case $PHIAL in /*) ;; *) PHIAL=$PWD/$PHIAL ;; esac; cd "$TMP"
# cmd: echo 'IO.puts("wa" <> "its"); Process.sleep(:infinity)' > .iex.exs
# cmd: open 90 30 "$PHIAL"; await 'waits'; key C-c; await '(interrupted'; await 'iex(1)>'; type ':alive'; key Enter; await 'iex(2)>'; shut
# cmd: echo 'Process.exit(self(), :kill)' > .iex.exs; open 90 30 "$PHIAL"; await 'modules remain'; await 'iex(1)>'; shut
# cmd: echo 'name = IO.gets("name? ")' > .iex.exs; open 90 30 "$PHIAL"; at 6; type 'joe'; key Enter; await 'iex(1)>'
# cmd: type 'name'; key Enter; await 'iex(2)>'; type 'respawn'; key Enter; at 6; type 'ann'; key Enter; await 'iex(1)>'
# cmd: type 'IO.puts("now" <> "here"); Process.sleep(:infinity)'; key Enter; await 'nowhere'; key C-c; await '(interrupted'
# cmd: screen | grep -e '^name' -e '^"' -e '^(inter'
# => name? joe
# => "joe\n"
# => name? ann
# => (interrupted; the shell's process is a new one, its variables are kept)
