# The arguments of a temporary child that is added are not kept; the template of a simple_one_for_one supervisor is found by the pid of a child.
defmodule S do
  def init(x), do: x
  def child(x), do: Agent.start_link(fn -> x end)
end
{:ok, s} = Supervisor.start_link([%{id: 2, start: {S, :child, [:two]}}], strategy: :one_for_one)
{:ok, _} = Supervisor.start_child(s, %{id: 1, start: {S, :child, [:big]}, restart: :temporary})
{:ok, spec} = :supervisor.get_childspec(s, 1)
IO.inspect(spec.start) # => {S, :child, :undefined}
{:ok, spec} = :supervisor.get_childspec(s, 2)
IO.inspect(spec.start) # => {S, :child, [:two]}
{:ok, s} = :supervisor.start_link(S, {:ok, {%{strategy: :simple_one_for_one}, [%{id: :c, start: {S, :child, []}, restart: :temporary}]}})
{:ok, pid} = :supervisor.start_child(s, [5])
IO.inspect(Agent.get(pid, & &1)) # => 5
{:ok, spec} = :supervisor.get_childspec(s, pid)
IO.inspect({spec.id, spec.start}) # => {:c, {S, :child, []}}
IO.inspect(:supervisor.get_childspec(s, self())) # => {:error, :not_found}
