:logger.set_primary_config(:level, :none)
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end
children = for n <- [:a, :b, :c], do: Supervisor.child_spec({W, n}, id: n)
{:ok, _} = Supervisor.start_link(children, strategy: :one_for_all)
old = Enum.map([:a, :b, :c], &Process.whereis/1)
Process.exit(Process.whereis(:b), :kill)
Process.sleep(50)
IO.inspect(Enum.zip_with(old, Enum.map([:a, :b, :c], &Process.whereis/1), &(&1 != &2))) # => [true, true, true]
# flags: --virtual-time
