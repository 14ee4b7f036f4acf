# What other processes write while a statement is edited goes above it, lines in parts too.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 70 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type 'p = spawn(fn -> for _ <- 1..4, do: receive(do: (t -> IO.write(t))) end); nil'; key Enter; await 'iex(2)>'
# cmd: type 'spawn(fn -> for t <- ["one\n", "tw", "o", "!\n"], do: (Process.sleep(150); send(p, t)) end); 1'; key Enter; await 'iex(3)>'
# cmd: type ':half'; await 'two!'; type '_done'; await ':half_done'
# cmd: screen | tail -n 4
# => 1
# => one
# => two!
# => iex(3)> :half_done
