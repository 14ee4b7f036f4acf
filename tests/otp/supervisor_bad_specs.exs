# Child specifications a supervisor refuses, and children named by their process.
check = fn spec -> :supervisor.check_childspecs([Map.merge(%{id: 1, start: {Agent, :start_link, [fn -> 1 end]}}, spec)]) end
IO.inspect(check.(%{shutdown: 0})) # => :ok
IO.inspect(check.(%{modules: [Agent, 1]})) # => {:error, {:invalid_module, 1}}
IO.inspect(check.(%{modules: :wrong})) # => {:error, {:invalid_modules, :wrong}}
IO.inspect(:supervisor.check_childspecs([], :wrong)) # => {:error, {:badarg, :wrong}}
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
IO.inspect(DynamicSupervisor.start_child(sup, %{id: 1, start: {Agent, :start_link, [fn -> 1 end]}, shutdown: 0})) # => {:error, {:invalid_shutdown, 0}}
{:ok, sup} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
[{Agent, pid, _, _}] = Supervisor.which_children(sup)
IO.inspect(:supervisor.get_childspec(sup, pid)) # => {:error, :not_found}
IO.inspect(Supervisor.restart_child(sup, pid)) # => {:error, :not_found}
