# A trapped signal runs the functions set for it, newest first; waiting for one is no deadlock.
kill = fn -> System.cmd("kill", ["-USR2", System.pid()]) end
me = self()
IO.inspect(System.trap_signal(:sigusr2, :first, fn -> send(me, :first); :ok end)) # => {:ok, :first}
IO.inspect(System.trap_signal(:sigusr2, :first, fn -> :ok end)) # => {:error, :already_registered}
{:ok, _} = System.trap_signal(:sigusr2, fn -> send(me, :second); :ok end)
kill.()
for _ <- 1..2, do: receive(do: (m -> IO.inspect(m)))
# => :second
# => :first
IO.inspect(System.untrap_signal(:sigusr2, :first)) # => :ok
IO.inspect(System.untrap_signal(:sigusr2, :first)) # => {:error, :not_found}
kill.()
receive do m -> IO.inspect(m) end # => :second
IO.inspect(try do System.trap_signal(:sigkill, fn -> :ok end) rescue e in FunctionClauseError -> e.function end) # => :trap_signal
