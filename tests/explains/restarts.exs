# A supervisor that gives up tells which child, how many restarts in which time, and the first crash.
# differs: Elixir does not explain
# flags: --virtual-time
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end
Process.flag(:trap_exit, true)
Logger.remove_backend(:console)
{:ok, sup} = Supervisor.start_link([{W, :w}], strategy: :one_for_one, max_restarts: 2, max_seconds: 5, name: MySup)
for why <- [:first, :second, :third] do
  if pid = Process.whereis(:w), do: GenServer.stop(pid, why)
  Process.sleep(50)
end
IO.inspect((receive do {:EXIT, ^sup, r} -> r after 1000 -> :alive end)) # => :shutdown
# stderr: (MySup) gave up: child W was due for restart number 3 within 5 seconds (max_restarts: 2)
# stderr:    the first crash, of child W: :first
# stderr:    the last one: :third
