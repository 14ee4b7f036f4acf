# What is said of wrong options of :erlang's process functions.
message = fn fun -> try do fun.() rescue error in ArgumentError -> error.message |> String.split("\n\n") |> List.last() |> String.trim() end |> IO.puts() end
message.(fn -> Process.send_after(self(), :hi, 1, wrong: true) end) # => * 3rd argument: invalid option in list
message.(fn -> :erlang.start_timer(1, self(), :hi, :wrong) end) # => * 3rd argument: not a list
message.(fn -> :erlang.read_timer(make_ref(), [:async | :y]) end) # => * 2nd argument: not a proper list
message.(fn -> spawn(Mod, :fun, [1 | 2]) end) # => * 3rd argument: not a proper list
message.(fn -> :erlang.spawn_opt(Mod, :fun, [1 | 2], []) end) # => * 3rd argument: not a proper list
message.(fn -> :erlang.spawn_opt(fn -> 1 end, [:link | :x]) end) # => * 2nd argument: not a proper list
message.(fn -> :erlang.monitor(:process, self(), [:wrong]) end) # => * 3rd argument: invalid option in list
message.(fn -> :erlang.alias([:wrong]) end) # => * 1st argument: invalid option in list
message.(fn -> :erlang.unalias(:wrong) end) # => * 1st argument: not a reference
message.(fn -> :erlang.suspend_process(self()) end) # => * 1st argument: the pid refers to the current process
message.(fn -> :erlang.suspend_process(spawn(fn -> Process.sleep(:infinity) end), [:wrong]) end) # => * 2nd argument: invalid option in list

# A link to the dead is described where it is printed, not where it is rescued.
dead = spawn(fn -> :ok end)
ref = Process.monitor(dead)
receive do {:DOWN, ^ref, _, _, _} -> :ok end
try do Process.link(dead) rescue error -> IO.puts(Exception.message(error)) end # => Erlang error: :noproc
try do Process.link(dead) catch kind, reason -> IO.puts(Exception.format_banner(kind, reason, __STACKTRACE__)) end
# => ** (ErlangError) Erlang error: :noproc:
# =>
# =>   * 1st argument: the pid does not refer to an existing process
# =>
message.(fn -> Process.cancel_timer(:wrong) end) # => * 1st argument: not a reference
message.(fn -> Process.demonitor(:wrong) end) # => * 1st argument: not a reference
message.(fn -> Process.flag(:wrong, :trap_exit, true) end)
# => * 1st argument: not a pid
# =>   * 2nd argument: invalid process flag
