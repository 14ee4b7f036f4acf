:logger.set_primary_config(:level, :none)
defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 1)
{:ok, pid} = DynamicSupervisor.start_child(sup, {W, :dyn})
IO.inspect(DynamicSupervisor.start_child(sup, {W, :other})) # => {:error, :max_children}
Process.exit(pid, :kill)
Process.sleep(50)
IO.inspect(is_pid(Process.whereis(:dyn)) and Process.whereis(:dyn) != pid) # => true
# flags: --virtual-time
