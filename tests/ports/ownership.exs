# Who owns a port, and what ends it: closing, its owner's death, an exit signal, a request by somebody else.
open = fn -> Port.open({:spawn, "cat"}, [:binary]) end
next = fn -> receive do {_, m} -> m after 500 -> :nothing end end
down = fn ref -> receive do {:DOWN, ^ref, kind, _, reason} -> {kind, reason} end end
ended = fn port -> receive do {:EXIT, ^port, reason} -> reason end end

port = open.()
IO.inspect({is_port(port), port in Port.list(), port in Process.list(), Port.info(port, :connected) == {:connected, self()}}) # => {true, true, false, true}
send(port, {self(), {:command, ["a", ?b]}})
IO.inspect(next.()) # => {:data, "ab"}
IO.inspect(Port.info(port) |> Keyword.take([:name, :input, :output])) # => [name: 'cat', input: 2, output: 2]
ref = Port.monitor(port)
Port.close(port)
IO.inspect(down.(ref)) # => {:port, :normal}
IO.inspect({Port.info(port), Port.info(port, :links)}) # => {nil, nil}
IO.inspect(try do Port.command(port, "x") rescue e -> e end) # => %ArgumentError{message: "argument error"}
IO.inspect(try do Port.close(port) rescue e -> e end) # => %ArgumentError{message: "argument error"}
ref = Port.monitor(port)
IO.inspect(down.(ref)) # => {:port, :noproc}

me = self()
spawn(fn -> send(me, {:port, open.()}) end)
port = receive do {:port, port} -> port end
Process.sleep(50)
IO.inspect(Port.info(port)) # => nil

Process.flag(:trap_exit, true)
port = open.()
spawn(fn -> send(port, {self(), {:command, "x"}}) end)
IO.inspect(ended.(port)) # => :badsig
port = open.()
spawn(fn -> Port.command(port, "by function") end)
IO.inspect(next.()) # => {:data, "by function"}
Process.exit(port, :boom)
IO.inspect(ended.(port)) # => :boom

port = open.()
other = spawn(fn -> receive do {_, m} -> send(me, {:other, m}) end; Process.sleep(:infinity) end)
send(port, {self(), {:connect, other}})
IO.inspect(next.()) # => :connected
Port.command(port, "z")
IO.inspect(next.()) # => {:data, "z"}
Process.unlink(port)
Process.exit(other, :kill)
Process.sleep(50)
IO.inspect(Port.info(port, :links)) # => {:links, []}
Port.close(port)
other = spawn(fn -> Process.sleep(:infinity) end)
port = open.()
Port.connect(port, other)
Process.unlink(port)
Process.exit(other, :kill)
Process.sleep(50)
IO.inspect(Port.info(port)) # => nil

port = open.()
Process.register(port, :my_port)
send(:my_port, {self(), {:command, "named"}})
IO.inspect(next.()) # => {:data, "named"}
IO.inspect({Port.info(:my_port, :registered_name), Port.close(:my_port), Process.whereis(:my_port)}) # => {{:registered_name, :my_port}, true, nil}
