# C-c ends output that would never end, in one evaluation and from a result.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'; type 'Stream.cycle(["line\n"]) |> Enum.each(&IO.write/1)'; key Enter; await 'line'; key C-c; await 'interrupted'
# cmd: type 'IEx.configure(inspect: [limit: :infinity, width: 5]); Enum.to_list(1..5_000_000)'; key Enter; sleep 0.2; key C-c C-c
# cmd: await 'iex('; type ':still'; type '_here'; key Enter; await ':still_here'; echo usable
# => usable
