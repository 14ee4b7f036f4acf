# Supervisors written with Supervisor.Spec, as of old.
# stderr: Supervisor.Spec.worker/2 is deprecated
defmodule Old do
  use Supervisor
  import Supervisor.Spec
  def start_link, do: Supervisor.start_link(__MODULE__, [])
  def init([]), do: supervise([worker(Agent, [fn -> 1 end]), worker(Agent, [fn -> 2 end], id: :second)], strategy: :one_for_all)
  def flags, do: supervise([], strategy: :rest_for_one, max_restarts: 7)
  def clash, do: supervise([worker(Agent, [1]), worker(Agent, [2])], strategy: :one_for_one)
end
{:ok, sup} = Old.start_link()
IO.inspect(for {id, pid, type, modules} <- Supervisor.which_children(sup), do: {id, Agent.get(pid, & &1), type, modules})
# => [{:second, 2, :worker, [Agent]}, {Agent, 1, :worker, [Agent]}]
IO.inspect(Old.flags()) # => {:ok, {{:rest_for_one, 7, 5}, []}}
try do
  Old.clash()
rescue
  error -> IO.puts(error.message)
end
# => duplicated ID Agent found in the supervisor specification, please explicitly pass the :id option when defining this worker/supervisor
