# differs: Elixir has no IEx.OTP
# flags: --virtual-time
# Messages printed as they pass, until the tracing is stopped.
defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:value, _, n), do: {:reply, n, n}
  def handle_cast(:inc, n), do: {:noreply, n + 1}
end

Process.register(self(), :main)
{:ok, _} = GenServer.start(Counter, 0, name: :counter)
IEx.OTP.trace(:counter) # => tracing :counter; trace_stop() ends it
GenServer.cast(:counter, :inc)
GenServer.call(:counter, :value)
IEx.OTP.trace_stop()
# => [0.000 s] :counter ◀── cast :inc
# => [0.000 s] :counter ◀── call :value from :main
# => [0.000 s] :counter ──▶ :main  reply 1
GenServer.call(:counter, :value)
IO.inspect(:erlang.trace_info(Process.whereis(:counter), :flags)) # => {:flags, []}

worker = spawn(fn ->
  receive do :go -> :ok end
  Process.register(self(), :worker)
  child = spawn_link(Process, :sleep, [:infinity])
  Process.unlink(child)
  send(:main, {:done, 1})
  exit(:enough)
end)

IEx.OTP.trace(worker, only: :procs) # => tracing #PID<>; trace_stop() ends it
Process.sleep(2500)
send(worker, :go)
Process.sleep(1)
IEx.OTP.trace_stop(:all)
# => [2.500 s] #PID<> is registered as :worker
# => [2.500 s] #PID<> spawns #PID<> Process.sleep(:infinity)
# => [2.500 s] #PID<> links to Process.sleep/1 #PID<>
# => [2.500 s] #PID<> unlinks Process.sleep/1 #PID<>
# => [2.500 s] #PID<> ends: :enough
