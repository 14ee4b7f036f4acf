defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n)
  def init(n), do: {:ok, n}
end
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
{:ok, pid} = DynamicSupervisor.start_child(sup, {W, 1})
{:ok, _} = DynamicSupervisor.start_child(sup, {W, 2})
IO.inspect(DynamicSupervisor.count_children(sup)) # => %{active: 2, specs: 2, supervisors: 0, workers: 2}
IO.inspect(DynamicSupervisor.terminate_child(sup, pid)) # => :ok
IO.inspect(DynamicSupervisor.terminate_child(sup, pid)) # => {:error, :not_found}
IO.inspect(DynamicSupervisor.which_children(sup) |> length()) # => 1
