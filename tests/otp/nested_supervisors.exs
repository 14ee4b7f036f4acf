defmodule Leaf do
  use Agent
  def start_link(n), do: Agent.start_link(fn -> n end, name: n)
end
inner = %{id: :inner, type: :supervisor, start: {Supervisor, :start_link, [[{Leaf, :leaf}], [strategy: :one_for_one]]}}
{:ok, top} = Supervisor.start_link([inner], strategy: :one_for_one)
IO.inspect(Agent.get(:leaf, & &1)) # => :leaf
IO.inspect(Supervisor.which_children(top) |> Enum.map(fn {id, _, type, mods} -> {id, type, mods} end)) # => [{:inner, :supervisor, [Supervisor]}]
