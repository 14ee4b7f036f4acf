:logger.set_primary_config(:level, :none)
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end
children = for n <- [:a, :b], do: Supervisor.child_spec({W, n}, id: n)
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
[a, b] = [Process.whereis(:a), Process.whereis(:b)]
Process.exit(a, :kill)
Process.sleep(50)
IO.inspect(Process.whereis(:a) != a and is_pid(Process.whereis(:a))) # => true
IO.inspect(Process.whereis(:b) == b) # => true
IO.inspect(Supervisor.count_children(sup)) # => %{active: 2, specs: 2, supervisors: 0, workers: 2}
# flags: --virtual-time
