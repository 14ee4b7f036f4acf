# Reports of supervisors of all kinds: whose child, how it was started, what is told above the level :debug, and who reports.
# flags: --virtual-time --no-explain
defmodule S do
  def init(x), do: x
  def child(x), do: GenServer.start_link(Agent.Server, fn -> x end)
end
defmodule Show do
  # The library's frames aside.
  def format(level, message, _time, meta) do
    lines = message |> IO.chardata_to_string() |> String.split("\n") |> Enum.reject(&(&1 =~ ~r/\((stdlib|elixir) /))
    ["[#{level}] ", Enum.join(lines, "\n"), " ", inspect(meta[:function]), "\n"]
  end
end
Application.stop(:logger)
Application.put_env(:logger, :handle_sasl_reports, true)
Application.put_env(:logger, :level, :info)
Application.put_env(:logger, :console, format: {Show, :format}, metadata: [:function])
Application.start(:logger)
Process.sleep(20)
Process.flag(:trap_exit, true)
{:ok, s} = :supervisor.start_link({:local, :simple}, S, {:ok, {%{strategy: :simple_one_for_one, intensity: 1, period: 5}, [%{id: :c, start: {S, :child, []}}]}})
{:ok, pid} = :supervisor.start_child(s, [1])
Process.exit(pid, :boom)
Process.sleep(20)
for {_, pid, _, _} <- :supervisor.which_children(s), do: Process.exit(pid, :kill)
Process.sleep(20)
{:ok, s} = DynamicSupervisor.start_link(strategy: :one_for_one, name: Dyn)
{:ok, pid} = DynamicSupervisor.start_child(s, %{id: 1, start: {S, :child, [1]}, restart: :temporary})
Process.exit(pid, :boom)
Process.sleep(20)
for strategy <- [:one_for_all, :rest_for_one] do
  {:ok, s} = Supervisor.start_link(for(i <- 1..3, do: %{id: i, start: {S, :child, [i]}}), strategy: strategy, name: Named)
  {_, pid, _, _} = Supervisor.which_children(s) |> List.keyfind(2, 0)
  Process.exit(pid, :boom)
  Process.sleep(20)
  Supervisor.stop(s)
end
{:ok, s} = Task.Supervisor.start_link(name: Tasks)
Task.Supervisor.async_nolink(s, fn -> raise "task" end)
Process.sleep(20)
Task.Supervisor.async_nolink(s, fn -> throw(:ball) end)
Process.sleep(20)
