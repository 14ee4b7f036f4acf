:logger.set_primary_config(:level, :none)
Process.flag(:trap_exit, true)
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end
{:ok, sup} = Supervisor.start_link([{W, :w}], strategy: :one_for_one, max_restarts: 2, max_seconds: 5)
for _ <- 1..3 do
  if pid = Process.whereis(:w), do: Process.exit(pid, :kill)
  Process.sleep(30)
end
IO.inspect((receive do {:EXIT, ^sup, r} -> r after 1000 -> :alive end)) # => :shutdown
# flags: --virtual-time
