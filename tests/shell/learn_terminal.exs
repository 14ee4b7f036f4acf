# The lessons in a terminal: the shell's editor, Ctrl-C ends what waits for ever and then the lessons, which know how far one had come.
# differs: Elixir has no `phial learn`
# cmd: . "${FILE%/*}/screen.sh"
# cmd: export XDG_STATE_HOME="$TMP/state"
# cmd: open 90 50 "$PHIAL learn"
# cmd: await 'learn(1)>'; type '24 * 60 * 60'; key Enter; await 'learn(2)>'; type '{:ok, n} ='; key Enter; await '...>'; type '{:ok, 42}'; key Enter
# cmd: await 'learn(3)>'; type 'receive do :never -> 1 end'; key Enter; at 0; key C-c; await '(interrupted'
# cmd: await 'learn(4)>'; type 'go 28'; key Enter; await 'learn(5)>'; type 'Process.flag(:trap_exit, false)'; key Enter
# cmd: await 'learn(6)>'; type 'spawn_link(fn -> exit(:boom) end)'; key Enter; await 'typed again'; await 'learn(7)>'; type 'ni'; key Tab; type 'l'; key Enter
# cmd: await 'learn(8)>'; key C-c; await 'leaves)'; at 10; key C-c; await icanon
# cmd: screen | grep -E '^(learn|\.\.\.|✓|\(|\*\*|   What)' | grep -v '\^C'
# cmd: cat "$TMP/state/phial/learn"
# => learn(2)> {:ok, n} =
# => ...>   {:ok, 42}
# => ✓ Well done.
# => learn(3)> receive do :never -> 1 end
# => (interrupted; a new process goes on with your variables)
# => learn(4)> go 28
# => learn(5)> Process.flag(:trap_exit, false)
# => learn(6)> spawn_link(fn -> exit(:boom) end)
# => ** the process that ran your code has ended: :boom
# =>    What had been typed for you has been typed again.
# => learn(7)> nil
# => (Ctrl-C again or Ctrl-D leaves)
# => numbers
# => match
