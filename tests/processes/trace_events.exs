# :erlang.trace/3: what a traced process does becomes messages to its tracer.
me = self()

flush = fn flush ->
  receive do
    m ->
      IO.inspect(m, width: 200)
      flush.(flush)
  after
    50 -> :ok
  end
end

p =
  spawn(fn ->
    receive do :go -> :ok end
    send(me, :hello)
    Process.register(self(), :traced)
    send(:traced, :to_name)
    send({:traced, node()}, :to_tuple)
    Process.unregister(:traced)
    receive do :to_tuple -> :ok end
    receive do :to_name -> :ok end
    {q, ref} = spawn_monitor(Process, :sleep, [1])
    receive do {:DOWN, ^ref, _, _, _} -> :ok end
    send(q, :dead)
    receive do :end -> exit(:done) end
  end)

IO.inspect(:erlang.trace(p, true, [:send, :receive, :procs])) # => 1
{:flags, flags} = :erlang.trace_info(p, :flags)
IO.inspect(Enum.sort(flags)) # => [:procs, :receive, :send]
IO.inspect(:erlang.trace_info(p, :tracer) == {:tracer, me}) # => true
send(p, :go)
flush.(flush)
# => {:trace, #PID<>, :receive, :go}
# => {:trace, #PID<>, :send, :hello, #PID<>}
# => :hello
# => {:trace, #PID<>, :register, :traced}
# => {:trace, #PID<>, :send, :to_name, :traced}
# => {:trace, #PID<>, :send, :to_tuple, {:traced, :nonode@nohost}}
# => {:trace, #PID<>, :unregister, :traced}
# => {:trace, #PID<>, :receive, :to_name}
# => {:trace, #PID<>, :receive, :to_tuple}
# => {:trace, #PID<>, :spawn, #PID<>, {Process, :sleep, [1]}}
# => {:trace, #PID<>, :receive, {:DOWN, #Reference<>, :process, #PID<>, :normal}}
# => {:trace, #PID<>, :send_to_non_existing_process, :dead, #PID<>}
IO.inspect(:erlang.trace(p, false, [:receive, :send])) # => 1
IO.inspect(:erlang.trace_info(p, :flags)) # => {:flags, [:procs]}
send(p, :end)
flush.(flush) # => {:trace, #PID<>, :exit, :done}
IO.inspect(:erlang.trace_info(p, :flags)) # => :undefined

for {who, flags} <- [{p, [:send]}, {self(), [:nonsense]}, {:nobody, [:send]}] do
  try do
    :erlang.trace(who, true, flags)
  rescue
    e -> IO.inspect(e.__struct__)
  end
end
# => ArgumentError
# => ArgumentError
# => ArgumentError
