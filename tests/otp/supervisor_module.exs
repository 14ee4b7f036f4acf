defmodule W do
  use Agent
  def start_link(v), do: Agent.start_link(fn -> v end, name: __MODULE__)
end
defmodule Sup do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg, name: __MODULE__)
  @impl true
  def init(arg), do: Supervisor.init([{W, arg}], strategy: :one_for_one)
end
{:ok, pid} = Sup.start_link(7)
IO.inspect(Agent.get(W, & &1)) # => 7
IO.inspect(Process.whereis(Sup) == pid) # => true
IO.inspect(Sup.child_spec(1)) # => %{id: Sup, start: {Sup, :start_link, [1]}, type: :supervisor}
IO.inspect(Supervisor.stop(pid)) # => :ok
IO.inspect(Process.whereis(W)) # => nil
