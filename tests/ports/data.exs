# A port's messages: data as text, bytes, lines and packets, then its end.
collect = fn collect, acc -> receive do {_, m} -> collect.(collect, [m | acc]) after 300 -> Enum.reverse(acc) end end
run = fn command, opts -> Port.open({:spawn, command}, opts); collect.(collect, []) end

IO.inspect(run.("echo hi", [:binary])) # => [data: "hi\n"]
IO.inspect(run.("echo hi", [])) # => [data: 'hi\n']
IO.inspect(run.("sh -c 'echo hi; exit 3'", [:binary, :exit_status])) # => [data: "hi\n", exit_status: 3]
IO.inspect(run.("sh -c 'kill -9 $$'", [:exit_status])) # => [exit_status: 137]
IO.inspect(run.("echo hi", [:binary, :eof, :exit_status])) # => [{:data, "hi\n"}, {:exit_status, 0}, :eof]
IO.inspect(run.("printf 'ab\\ncdefghij\\n'", [:binary, {:line, 4}])) # => [data: {:eol, "ab"}, data: {:noeol, "cdef"}, data: {:eol, "ghij"}]
IO.inspect(run.("sh -c 'echo $FOO:$HOME'", [:binary, cd: "/", env: [{~c"FOO", ~c"bar"}, {~c"HOME", false}]])) # => [data: "bar:\n"]

port = Port.open({:spawn, "cat"}, [:binary, {:packet, 2}])
Port.command(port, "hello")
Port.command(port, ["", []])
IO.inspect(collect.(collect, [])) # => [data: "hello", data: ""]
IO.inspect(Port.close(port)) # => true

port = Port.open({:spawn_executable, "/bin/cat"}, [:binary, :use_stdio, :hide])
big = String.duplicate("x", 1_000_000)
Port.command(port, big)
sizes = collect.(collect, []) |> Enum.map(fn {:data, part} -> byte_size(part) end)
IO.inspect(Enum.sum(sizes)) # => 1000000
send(port, {self(), :close})
IO.inspect(collect.(collect, [])) # => [:closed]
