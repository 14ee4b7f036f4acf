# cmd: (sleep 1.5; echo in) | $PHIAL -e 'spawn(fn -> Process.sleep(100); IO.puts("out") end); IO.inspect(IO.gets("p> "))'
# What others write while a reader waits is followed by its prompt again.
# => p> out
# => p> "in\n"
