# Another process asks for a line: it comes after the statement that is being typed; C-c refuses it and ends the statement; a reader that has
# ended asks no more.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 140 30 "$PHIAL"
# cmd: await 'iex(1)>'; type 'me = self(); asks = fn -> IO.inspect(IO.gets("? "), label: "told"); send(me, :told) end; wait = fn -> receive do: (m -> m) end'
# cmd: key Enter; await 'iex(2)>'; type 'spawn(asks); wait.()'; key Enter; await '? '; at 2; type 'one'; key Enter; await 'iex(3)>'
# cmd: type 'pid = spawn(fn -> wait.(); IO.puts("as" <> "king"); asks.() end); :there'; key Enter; await 'iex(4)>'
# cmd: type 'spawn(fn -> Process.sleep(50); send(pid, :go) end); :going'; key Enter; await 'iex(5)>'; type 'wait.()'; await 'asking'; key Enter
# cmd: at 2; type 'two'; key Enter; await 'iex(6)>'; type 'spawn(asks); Process.sleep(:infinity)'; key Enter; at 2; key C-c
# cmd: await 'are kept'; type 'third = spawn_monitor(fn -> IO.gets("never ") end); spawn(fn -> Process.exit(elem(third, 0), :kill) end); elem(wait.(), 0)'
# cmd: key Enter; await ':DOWN'; type 'IO.gets("mine ")'; key Enter; await 'mine '; type 'yes'; key Enter; await 'iex(8)>'
# cmd: screen | grep -e '^told' -e '^"' -e '^mine' -e '^:'
# => told: "one\n"
# => :told
# => :there
# => :going
# => told: "two\n"
# => :told
# => told: {:error, :interrupted}
# => :DOWN
# => mine yes
# => "yes\n"
