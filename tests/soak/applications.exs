# Applications that need each other, started and stopped by several processes at once, while some fail to start and some
# crash: what runs has what it needs, each start callback that succeeded has its stop/1 once, and a stopped application leaves no process, name
# or table. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Part do
  use GenServer
  def start_link(name), do: GenServer.start_link(__MODULE__, name, name: :"part_#{name}")
  def init(name), do: (Process.flag(:trap_exit, :rand.uniform(2) == 1); {:ok, :ets.new(name, [])})
  def handle_cast({:exit, reason}, s), do: {:stop, reason, s}
end
defmodule App do
  use Application
  def start(:normal, {name, test}) do
    send(test, {:starts, name})
    case :ets.lookup(:fate, name) do
      [{_, :refuses}] -> {:error, :refused}
      [{_, :raises}] -> raise "in start"
      [{_, :wrong}] -> :wrong
      _ -> with {:ok, pid} <- Supervisor.start_link([{Part, name}], strategy: :one_for_one, max_restarts: 1), do: {:ok, pid, {name, test}}
    end
  end

  def start_phase(:check, :normal, {name, test}) do
    send(test, {:phase, name})
    :ok
  end

  def prep_stop({name, test}), do: (send(test, {:prep_stop, name}); {name, test})
  def stop({name, test}), do: send(test, {:stopped, name})
end
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)
  @all [:soak_a, :soak_b, :soak_c, :soak_d, :soak_e]

  # Each needs some of those before it.
  def load do
    for {name, n} <- Enum.with_index(@all) do
      needs = [:kernel, :stdlib, :elixir] ++ Enum.take_random(Enum.take(@all, n), 2)
      phases = if rem(n, 2) == 0, do: [start_phases: [check: {name, self()}]], else: []
      :ok = :application.load({:application, name, [applications: needs, mod: {App, {name, self()}}] ++ phases})
    end
  end

  def round do
    for name <- @all, do: :ets.insert(:fate, {name, Enum.random([:fine, :fine, :fine, :fine, :refuses, :raises, :wrong])})
    tasks = for _ <- 1..4, do: Task.async(fn -> for(_ <- 1..4, do: act(:rand.uniform(5), Enum.random(@all))) end)
    for _ <- 1..3, do: (strike(Enum.random(@all)); Process.sleep(:rand.uniform(3)))
    Task.await_many(tasks, 60_000)
    Process.sleep(20)
    running = running()
    for name <- running, do: (true = is_pid(Process.whereis(:"part_#{name}")))
    for name <- @all -- running, do: (nil = Process.whereis(:"part_#{name}"))
    for name <- Enum.shuffle(running), do: :ok = Application.stop(name)
    [] = running()
    Process.sleep(5)
    counted(heard(%{}))
  end

  defp act(1, name), do: Application.start(name)
  defp act(2, name), do: Application.stop(name)
  defp act(_, name) do
    case Application.ensure_all_started(name) do
      {:ok, started} -> true = is_list(started)
      {:error, {app, _}} -> true = app in @all
    end
  end

  defp strike(name) do
    case {:rand.uniform(2), Process.whereis(:"part_#{name}")} do
      {_, nil} -> :ok
      {1, pid} -> Process.exit(pid, :kill)
      {2, pid} -> GenServer.cast(pid, {:exit, :boom})
    end
  end

  defp running, do: for({name, _, _} <- Application.started_applications(), name in @all, do: name)

  defp heard(seen) do
    receive do
      {what, name} when what in [:starts, :phase, :prep_stop, :stopped] -> heard(Map.update(seen, {what, name}, 1, &(&1 + 1)))
      other -> raise "left over: #{inspect(other)}"
    after
      0 -> seen
    end
  end

  # Who was stopped was prepared for it, unless its tree had ended by itself; nobody is stopped more often than he started.
  defp counted(seen) do
    for name <- @all do
      n = fn what -> Map.get(seen, {what, name}, 0) end
      true = n.(:stopped) <= n.(:starts) and n.(:prep_stop) <= n.(:stopped)
      if :ets.lookup(:fate, name) == [{name, :fine}], do: true = n.(:stopped) == n.(:starts)
      if :ets.lookup(:fate, name) == [{name, :refuses}], do: 0 = n.(:stopped)
    end
  end
end
:logger.set_primary_config(:level, :none)
:ets.new(:fate, [:named_table, :public])
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
Soak.load()
Application.ensure_started(:soak_none)
before = {length(Process.list()), length(:ets.all())}
for _ <- 1..Soak.setting("SOAK_ROUNDS", "10"), do: Soak.round()
Process.sleep(20)
IO.inspect({length(Process.list()), length(:ets.all())} == before) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
