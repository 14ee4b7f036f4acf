# Tab where something else than a name of the scope may stand: structs without exceptions, segments of bitstrings, heads of a call, callbacks,
# types, sigils, code in a string, `Elixir.`; what is deprecated or hidden is not offered; a second Tab shows the next page.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 90 24 "$PHIAL"
# cmd: after() { type "$1"; key Tab; at "$((8 + $2))"; key C-u; at 8; }
# cmd: await 'iex(1)>'; after '%U' 5; after '%URI' 5; after '%S' 8; after '<<a::in' 12; after '<<a::integer-signed-l' 26
# cmd: after 'b GenServer.ha' 19; after '__MO' 10; after 'Elixir.Enu' 11; after ':maps' 6; after '"a#{String.upc' 17
# cmd: type 'String.split('; key Tab; await 'split(string, pattern, options'; key C-u; type 't Enum.'; key Tab; await 'index/0'; key C-u
# cmd: type '~'; key Tab; await '~D'; key C-u; type 'Enum.chunk_'; key Tab; await 'chunk_by/2'; key C-u
# cmd: shown() { screen | grep -c 'chunk/2'; }; type 'Enum.'; key Tab; await 'all?/1'; shown; key Tab; await 'min_by/4'; key Tab; await 'with_index/1'; key Tab; await 'all?/1'
# => 0
