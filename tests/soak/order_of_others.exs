# The order of events that OTP defines, outside plain supervisors: dynamic and partition supervisors, tasks, registries and their listeners,
# links and monitors of one process. What is printed was written by real Elixir: :rand gives both the same choices.
# flags: --virtual-time
defmodule Child do
  use GenServer
  def start_link({id, test} = arg), do: (send(test, "+#{id}"); GenServer.start_link(__MODULE__, arg))
  def init({id, test}) do
    Process.flag(:trap_exit, true)
    {:ok, {id, test}}
  end
  def handle_cast({:end, reason}, s), do: {:stop, reason, s}
  def terminate(reason, {id, test}), do: send(test, "-#{id} #{inspect(reason)}")
end
defmodule Order do
  def pick(list), do: Enum.at(list, :rand.uniform(length(list)) - 1)

  # Events until nothing has happened for a while.
  def events do
    receive do
      text when is_binary(text) -> [text | events()]
      {:EXIT, _, reason} -> ["supervisor #{inspect(reason)}" | events()]
    after
      60 -> []
    end
  end

  def say(title), do: IO.puts("#{title}: #{Enum.join(events(), ", ")}")

  # ---- children on demand: one at a time fails; all end at once, so their order at the end is not defined

  def dynamic(seed) do
    limit = pick([1, 2, 3])
    {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_restarts: limit, max_seconds: 5)
    for id <- 1..4 do
      {:ok, pid} = DynamicSupervisor.start_child(sup, %{id: id, start: {Child, :start_link, [{id, self()}]}, restart: pick([:permanent, :transient, :temporary])})
      Process.put(id, pid)
    end
    say("dynamic #{seed}")
    for _ <- 1..4, Process.alive?(sup) do
      children = DynamicSupervisor.which_children(sup)
      living = for id <- 1..4, pid = Process.get(id), List.keymember?(children, pid, 1), do: id
      if living != [], do: GenServer.cast(Process.get(pick(living)), {:end, pick([:normal, :shutdown, {:shutdown, 1}, :boom])})
      {first, others} = Enum.split_with(events(), &(not String.ends_with?(&1, ":shutdown") or String.starts_with?(&1, "supervisor")))
      IO.puts("  #{Enum.join(first, ", ")}; then #{inspect(Enum.sort(others))}")
    end
    if Process.alive?(sup), do: DynamicSupervisor.stop(sup)
    IO.puts("  #{inspect(Enum.sort(events()))}")
  end

  # ---- partitions start in order and end in the opposite one

  def partitions(seed) do
    n = :rand.uniform(4)
    test = self()
    {:ok, sup} = PartitionSupervisor.start_link(name: Parts, partitions: n, max_restarts: 1,
      child_spec: %{id: :any, start: {Child, :start_link, [{nil, test}]}}, with_arguments: fn [{_, test}], i -> [{i, test}] end)
    say("partitions #{seed}")
    for _ <- 1..2, Process.alive?(sup) do
      GenServer.cast({:via, PartitionSupervisor, {Parts, :rand.uniform(n) - 1}}, {:end, pick([:normal, :boom])})
      say("  ")
    end
    if Process.alive?(sup), do: Supervisor.stop(sup)
    say("  end")
  end

  # ---- tasks

  def tasks(seed) do
    {:ok, sup} = Task.Supervisor.start_link()
    test = self()
    results = Task.Supervisor.async_stream_nolink(sup, 1..6, fn i ->
      send(test, "task #{i}")
      if rem(i + seed, 3) == 0, do: exit({:shutdown, i})
      i
    end, max_concurrency: 1)
    IO.puts("tasks #{seed}: #{inspect(Enum.to_list(results))}")
    say("  ")
    one = Task.Supervisor.async_nolink(sup, fn -> receive do: (:go -> :went) end)
    two = Task.Supervisor.async_nolink(sup, fn -> exit({:shutdown, :two}) end)
    say("  ")
    send(one.pid, :go)
    IO.puts("  #{inspect(for {_, r} <- Task.yield_many([one, two], 100), do: r)}")
    Supervisor.stop(sup)
    say("  end")
  end

  # ---- a registry tells its listeners, then who watches the process

  def registry(seed) do
    Process.register(self(), :listener)
    {:ok, reg} = Registry.start_link(keys: pick([:unique, :duplicate]), name: Reg, listeners: [:listener])
    owners = for i <- 1..3 do
      pid = spawn(fn -> owner(i) end)
      for key <- Enum.take([:a, :b, :c], i), do: (send(pid, {:register, {key, i}, self()}); receive do: ({:done, ^pid} -> :ok))
      pid
    end
    {first, second} = {Enum.at(owners, 2), Enum.at(owners, 1)}
    send(second, {:unregister, {:a, 2}, self()})
    receive do: ({:done, ^second} -> :ok)
    ref = Process.monitor(first)
    send(first, :stop)
    receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
    Process.sleep(20)
    IO.puts("registry #{seed}: #{inspect(told())}")
    IO.puts("  #{Registry.count(Reg)} keys of #{inspect(for i <- 1..3, do: Registry.keys(Reg, Enum.at(owners, i - 1)) |> Enum.sort())}")
    for pid <- owners, do: Process.exit(pid, :kill)
    Supervisor.stop(reg)
    Process.unregister(:listener)
    flush()
  end

  defp owner(i) do
    receive do
      {:register, key, from} -> Registry.register(Reg, key, i); send(from, {:done, self()}); owner(i)
      {:unregister, key, from} -> Registry.unregister(Reg, key); send(from, {:done, self()}); owner(i)
      :stop -> :ok
    end
  end

  # What the listener was told, what belongs to one end in order of its keys.
  defp told do
    receive do
      {:register, Reg, key, _pid, value} -> [{:register, key, value} | told()]
      {:unregister, Reg, key, _pid} -> [{:unregister, key} | told()]
    after
      0 -> []
    end
  end

  defp flush, do: (receive do _ -> flush() after 0 -> :ok end)

  # ---- one process's signals to another arrive in the order in which they were sent

  def signals(seed) do
    test = self()
    what = for _ <- 1..6, do: pick([:message, :exit, :link])
    pid = spawn(fn ->
      for {kind, i} <- Enum.with_index(what) do
        case kind do
          :message -> send(test, "message #{i}")
          :exit -> Process.exit(test, {:signal, i})
          :link -> spawn_link(fn -> :ok end) && send(test, "linked #{i}")
        end
      end
      send(test, "last")
      exit(:gone)
    end)
    Process.link(pid)
    ref = Process.monitor(pid)
    {downs, others} = Enum.split_with(signals_of(pid, ref), &(&1 in [:down, :exit]))
    IO.puts("signals #{seed}: #{inspect(others)}, then #{inspect(Enum.sort(downs))}")
  end

  defp signals_of(pid, ref) do
    receive do
      {:EXIT, ^pid, reason} when reason in [:gone, :noproc] -> [:exit | signals_of(pid, ref)]
      {:DOWN, ^ref, _, _, _} -> [:down | signals_of(pid, ref)]
      {:EXIT, ^pid, reason} -> [reason | signals_of(pid, ref)]
      text -> [text | signals_of(pid, ref)]
    after
      60 -> []
    end
  end
end
:logger.set_primary_config(:level, :none)
Process.flag(:trap_exit, true)
for seed <- 1..25 do
  :rand.seed(:exsss, seed)
  Order.dynamic(seed)
  Order.partitions(seed)
  Order.tasks(seed)
  Order.registry(seed)
  Order.signals(seed)
end
