:logger.set_primary_config(:level, :none)
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
  def handle_cast({:stop, r}, s), do: {:stop, r, s}
end
children = for n <- [:permanent, :transient, :temporary], do: Supervisor.child_spec({W, n}, id: n, restart: n)
{:ok, _} = Supervisor.start_link(children, strategy: :one_for_one, max_restarts: 10)
names = [:permanent, :transient, :temporary]
alive = fn -> Enum.map(names, &is_pid(Process.whereis(&1))) end
for n <- [:permanent, :transient], do: GenServer.cast(n, {:stop, :crash})
Process.sleep(50)
IO.inspect(alive.()) # => [true, true, true]
for n <- names, do: GenServer.cast(n, {:stop, :normal})
Process.sleep(50)
IO.inspect(alive.()) # => [true, false, false]
# flags: --virtual-time
