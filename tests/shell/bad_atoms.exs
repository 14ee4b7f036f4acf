# A statement uses up the atoms: it fails, and the session goes on, also with modules that are loaded only now.
# differs: the editor is Phial's own
# stress: turns of one reduction make this take minutes
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'; type 'for i <- Stream.iterate(1, & &1 + 1), do: String.to_atom("a#{i}")'; key Enter; await 'SystemLimitError'; await 'iex(1)>'
# cmd: type 'Date.new!(2024, 2, 29) |> Calendar.strftime("%A")'; key Enter; await 'iex(2)>'; screen | tail -n 2
# => "Thursday"
# => iex(2)>
