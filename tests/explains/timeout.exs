# A call that timed out: what the callee did, since when, its queue, the place of the request; where the exit is caught, nothing is said.
# differs: Elixir does not explain
# flags: --virtual-time
defmodule Slow do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(:slow, _from, s) do
    work(1000)
    {:reply, s, s}
  end
  def handle_cast(:note, s), do: {:noreply, s}
  defp work(ms) do
    Process.sleep(ms)
    :done
  end
end
{:ok, pid} = GenServer.start(Slow, 1, name: :slow)
spawn(fn -> GenServer.call(pid, :slow) end)
Process.sleep(50)
IO.inspect(try do GenServer.call(pid, :slow, 20) catch :exit, {why, _} -> why end) # => :timeout
GenServer.cast(pid, :note)
try do GenServer.call(pid, :slow, 100) after IO.puts("after") end # => after
# stderr:     ** (EXIT) time out
# stderr: ** explained: no reply of #PID<> (:slow) within 100 ms
# stderr: (:slow) has been busy for 1
# stderr: since it took its last message: it waits in Process.sleep/1, called in Slow.work/1 (
# stderr:    its queue: 3 messages; this request is number 3
# exit: 1
