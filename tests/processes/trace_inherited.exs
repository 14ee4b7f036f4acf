# Trace flags that pass to spawned processes, to new ones, and time stamps.
me = self()

parent =
  spawn(fn ->
    receive do :go -> :ok end
    spawn(fn -> send(me, :child); spawn(fn -> send(me, :grandchild) end) end)
    Process.sleep(10)
  end)

:erlang.trace(parent, true, [:send, :set_on_spawn])
send(parent, :go)
for what <- [:child, :grandchild], do: receive(do: ({:trace, _, :send, ^what, ^me} -> IO.inspect(what)))
# => :child
# => :grandchild
for what <- [:child, :grandchild], do: receive(do: (^what -> :ok))

IO.inspect(:erlang.trace(:new, true, [:send])) # => 0
pid = spawn(fn -> send(me, :new) end)
receive do {:trace, ^pid, :send, :new, ^me} -> IO.puts("new") end # => new
receive do :new -> :ok end
:erlang.trace(:new, false, [:send])
spawn(fn -> send(me, :untraced) end)
receive do :untraced -> :ok end
IO.inspect(Process.info(self(), :messages)) # => {:messages, []}

for stamp <- [:timestamp, :monotonic_timestamp, :strict_monotonic_timestamp] do
  pid = spawn(fn -> receive do :go -> send(me, :stamped) end end)
  :erlang.trace(pid, true, [:send, stamp])
  send(pid, :go)

  receive do
    {:trace_ts, ^pid, :send, :stamped, ^me, {a, b, c}} -> IO.inspect(Enum.all?([a, b, c], &is_integer/1))
    {:trace_ts, ^pid, :send, :stamped, ^me, {a, b}} -> IO.inspect(is_integer(a) and is_integer(b))
    {:trace_ts, ^pid, :send, :stamped, ^me, t} -> IO.inspect(is_integer(t))
  end
end
# => true
# => true
# => true

# Messages go to the tracer that is named; when it ends, nobody is told any more.
tracer = spawn(fn -> receive do {:trace, _, :send, :first, _} -> send(me, :told) end end)
pid = spawn(fn -> for _ <- 1..2, do: receive(do: (m -> send(me, m))) end)
:erlang.trace(pid, true, [:send, {:tracer, tracer}])
send(pid, :first)
receive do :told -> IO.puts("told") end # => told
Process.sleep(5)
send(pid, :second)
for m <- [:first, :second], do: receive(do: (^m -> IO.inspect(m)))
# => :first
# => :second
ref = :erlang.trace_delivered(:all)
receive do {:trace_delivered, :all, ^ref} -> IO.puts("delivered") end # => delivered
