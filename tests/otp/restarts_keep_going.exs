:logger.set_primary_config(:level, :none)
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end
defmodule Await do
  def fresh(old) do
    case Process.whereis(:w) do
      pid when is_pid(pid) and pid != old -> pid
      _ -> Process.sleep(1) && fresh(old)
    end
  end
end
{:ok, _} = Supervisor.start_link([{W, :w}], strategy: :one_for_one, max_restarts: 1_000_000)
last = Enum.reduce(1..100, Await.fresh(nil), fn _, pid ->
  Process.exit(pid, :kill)
  Await.fresh(pid)
end)
IO.inspect(is_pid(last)) # => true
# flags: --virtual-time
