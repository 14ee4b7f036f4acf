# SPDX-License-Identifier: Apache-2.0
# A tree of supervisors: what the three strategies restart, and how a supervisor that gives up passes it upwards.

Logger.configure(level: :none)

defmodule Worker do
  use GenServer

  def start_link(name), do: GenServer.start_link(__MODULE__, name, name: name)
  def child_spec(name), do: %{id: name, start: {__MODULE__, :start_link, [name]}}

  @impl true
  def init(name) do
    Process.flag(:trap_exit, true)
    IO.puts("  #{name} starts")
    {:ok, name}
  end

  @impl true
  def handle_cast(:crash, name), do: exit_with(name, :crashed)

  @impl true
  def terminate(reason, name), do: IO.puts("  #{name} ends: #{inspect(reason)}")

  defp exit_with(name, reason), do: {:stop, reason, name}
end

defmodule Demo do
  # Waits until `name` is registered by another process than `old`, and until that one has started.
  def await(name, old) do
    case Process.whereis(name) do
      pid when is_pid(pid) and pid != old -> :sys.get_state(pid)
      _ -> Process.sleep(1) && await(name, old)
    end
  end

  def crash(name, await \\ nil) do
    IO.puts("crash #{name}")
    last = Process.whereis(await || name)
    GenServer.cast(name, :crash)
    await(await || name, last)
    :ok
  end
end

for strategy <- [:one_for_one, :one_for_all, :rest_for_one] do
  IO.puts("#{strategy}")
  children = [{Worker, :database}, {Worker, :cache}, {Worker, :web}]
  {:ok, supervisor} = Supervisor.start_link(children, strategy: strategy)
  Demo.crash(:cache, if(strategy == :one_for_one, do: :cache, else: :web))
  IO.puts("stop")
  Supervisor.stop(supervisor)
end

# More than max_restarts crashes: the inner supervisor gives up, the outer one starts it anew.
IO.puts("a nested supervisor")

inner = %{
  id: :inner,
  type: :supervisor,
  start: {Supervisor, :start_link, [[{Worker, :fragile}], [strategy: :one_for_one, max_restarts: 1, name: :inner]]}
}

{:ok, outer} = Supervisor.start_link([inner], strategy: :one_for_one)
first = Process.whereis(:inner)
Demo.crash(:fragile)
IO.puts("the inner supervisor is the same: #{Process.whereis(:inner) == first}")
Demo.crash(:fragile)
Demo.await(:inner, first)
IO.puts("the inner supervisor is the same: #{Process.whereis(:inner) == first}")
Supervisor.stop(outer)
