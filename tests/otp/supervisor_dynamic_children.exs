defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n)
  def init(n), do: {:ok, n}
end
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
{:ok, pid} = Supervisor.start_child(sup, {W, 1})
IO.inspect(match?({:error, {:already_started, ^pid}}, Supervisor.start_child(sup, {W, 1}))) # => true
IO.inspect(Supervisor.terminate_child(sup, W)) # => :ok
IO.inspect(Supervisor.which_children(sup)) # => [{W, :undefined, :worker, [W]}]
IO.inspect(match?({:ok, _}, Supervisor.restart_child(sup, W))) # => true
IO.inspect(Supervisor.delete_child(sup, W)) # => {:error, :running}
Supervisor.terminate_child(sup, W)
IO.inspect(Supervisor.delete_child(sup, W)) # => :ok
IO.inspect(Supervisor.terminate_child(sup, :nope)) # => {:error, :not_found}
