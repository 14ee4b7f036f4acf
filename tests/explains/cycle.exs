# A cycle of calls is told as soon as it closes, with every call site, once.
# differs: Elixir does not explain
# flags: --virtual-time
defmodule Ring do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call({:ask, [next | rest]}, _from, s) do
    r = ask(next, rest)
    {:reply, r, s}
  end
  def ask(pid, rest) do
    r = GenServer.call(pid, {:ask, rest}, :infinity)
    {:ok, r}
  end
end
[a, b, c] = for name <- [RingA, RingB, RingC], do: (fn {:ok, pid} -> Process.register(pid, name); pid end).(GenServer.start(Ring, 0))
spawn(fn -> Ring.ask(a, [b, c, a]) end)
Process.sleep(100)
IO.puts("on it goes") # => on it goes
# stderr: ** explained: a cycle of calls: each of these waits for the reply of the next, so none of them can answer
# stderr: (RingC) calls #PID<> (RingA) in Ring.ask/2 (
# stderr: (RingA) calls #PID<> (RingB) in Ring.ask/2 (
# stderr: (RingB) calls #PID<> (RingC) in Ring.ask/2 (
