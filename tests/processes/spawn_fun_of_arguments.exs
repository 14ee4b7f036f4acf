# A fun that takes arguments is started, and fails in its process; spawn_monitor does not take it.
Process.flag(:trap_exit, true)
Logger.configure(level: :none)
pid = spawn_link(fn x -> x end)
receive do {:EXIT, ^pid, {{:badarity, {fun, []}}, stack}} -> IO.inspect({is_function(fun, 1), stack}) end # => {true, [{:erlang, :apply, 2, []}]}
IO.inspect(try do spawn_monitor(fn _, _ -> 1 end) rescue e in ArgumentError -> e.__struct__ end) # => ArgumentError
