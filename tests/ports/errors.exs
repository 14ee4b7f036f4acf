# What Port.open/2 and its kin refuse.
try_it = fn fun -> try do fun.() rescue e -> Exception.message(e) |> String.split("* ") |> List.last() |> String.trim() end |> IO.inspect() end
try_it.(fn -> Port.open({:spawn_executable, "/nope"}, []) end) # => "Erlang error: :enoent"
try_it.(fn -> Port.open({:spawn_executable, "/etc/passwd"}, []) end) # => "Erlang error: :eacces"
try_it.(fn -> Port.open({:spawn, "true"}, [:nope]) end) # => "2nd argument: invalid option in list"
try_it.(fn -> Port.open({:spawn, 3}, []) end) # => "1st argument: invalid port name"
try_it.(fn -> Port.open({:spawn, "true"}, args: ["x"]) end) # => "1st argument: must be spawn_executable"
try_it.(fn -> Port.open({:spawn, "true"}, env: [{"FOO", "bar"}]) end) # => "2nd argument: invalid option in list"
port = Port.open({:spawn, "cat"}, [:binary])
try_it.(fn -> Port.command(port, :foo) end) # => "2nd argument: not an iodata term"
try_it.(fn -> Process.alive?(port) end) # => "1st argument: not a pid"
