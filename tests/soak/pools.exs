# Supervisors with bounds, listeners, streams that kill, partitions, requests to all nodes, event handlers and a pool, with kills at random: bounds
# hold at every moment, each entry has its end, each input its result. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Worker do
  use GenServer, restart: :temporary
  def start_link(args), do: GenServer.start_link(__MODULE__, args, if(is_list(args), do: args, else: []))
  def init(x), do: {:ok, x}
  def handle_call(:crash, _from, _), do: raise("crash")
  def handle_call({:sleep, ms}, _from, s), do: (Process.sleep(ms); {:reply, :slept, s})
  def handle_cast({:tell, pid}, s), do: (send(pid, {:told, self()}); {:noreply, s})
end
defmodule Handler do
  def init({name, me}), do: {:ok, {name, me}}
  def handle_event({:crash, name}, {name, _}), do: raise("crash")
  def handle_event({:remove, name}, {name, _}), do: :remove_handler
  def handle_event(_, s), do: {:ok, s}
  def handle_call(_, s), do: {:ok, :ok, s}
  def terminate(_, {name, me}), do: send(me, {:terminated, name})
end
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)

  # No more children than allowed, however many ask at once and die in between.
  def bounded do
    {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 5, max_restarts: 1000)
    tasks = for _ <- 1..30 do
      Task.async(fn ->
        result = DynamicSupervisor.start_child(sup, %{id: Worker, start: {Worker, :start_link, [1]}, restart: Enum.random([:temporary, :permanent])})
        %{active: active, specs: specs} = DynamicSupervisor.count_children(sup)
        true = active <= specs and specs <= 5
        case result do
          {:ok, pid} ->
            if :rand.uniform(3) == 1, do: Process.sleep(1)
            if :rand.uniform(2) == 1, do: Process.exit(pid, :kill), else: DynamicSupervisor.terminate_child(sup, pid)
            :started
          {:error, :max_children} -> :full
        end
      end)
    end
    results = Task.await_many(tasks)
    true = Enum.all?(results, & &1 in [:started, :full]) and :started in results
    Process.sleep(5)
    %{active: n, specs: n} = DynamicSupervisor.count_children(sup)
    DynamicSupervisor.stop(sup)
  end

  # A listener hears of each entry, and of its end unless that is its process'; entries end with it.
  def listeners do
    Process.register(self(), :soak_listener)
    {:ok, _} = Registry.start_link(keys: :duplicate, name: Heard, partitions: Enum.random([1, 3]), listeners: [:soak_listener])
    pids = for n <- 1..20 do
      spawn(fn ->
        for(k <- 1..rem(n, 4)//1, do: Registry.register(Heard, k, n))
        if rem(n, 5) == 0 and rem(n, 4) > 0, do: Registry.unregister(Heard, 1)
        receive do :stop -> :ok end
      end)
    end
    Process.sleep(2)
    for pid <- pids, do: if(:rand.uniform(2) == 1, do: Process.exit(pid, Enum.random([:kill, :boom])))
    Process.sleep(2)
    for pid <- pids, do: send(pid, :stop)
    Process.sleep(5)
    {entered, left} = heard([], [])
    pid = &Enum.at(pids, &1 - 1)
    true = Enum.sort(entered) == Enum.sort(for(n <- 1..20, k <- 1..rem(n, 4)//1, do: {k, pid.(n)}))
    true = Enum.sort(left) == Enum.sort(for(n <- 1..20, rem(n, 5) == 0, rem(n, 4) > 0, do: {1, pid.(n)}))
    0 = Registry.count(Heard)
    Supervisor.stop(Heard)
    Process.unregister(:soak_listener)
  end

  defp heard(entered, left) do
    receive do
      {:register, Heard, key, pid, _} -> heard([{key, pid} | entered], left)
      {:unregister, Heard, key, pid} -> heard(entered, [{key, pid} | left])
    after
      0 -> {entered, left}
    end
  end

  # Each input has one result, in order; tasks are killed by time-outs and from outside.
  def streams do
    {:ok, sup} = Task.Supervisor.start_link()
    me = self()
    killer = spawn(fn -> killer(sup, 12) end)
    for ordered <- [true, false] do
      options = [ordered: ordered, max_concurrency: Enum.random([1, 3, 10]), timeout: 4, on_timeout: :kill_task, zip_input_on_exit: true]
      results = Task.Supervisor.async_stream_nolink(sup, 1..25, fn n -> work(n, :rand.uniform(6), me) end, options) |> Enum.to_list()
      inputs = Enum.map(results, fn {:ok, n} -> n; {:exit, {n, _}} -> n end)
      true = if(ordered, do: inputs, else: Enum.sort(inputs)) == Enum.to_list(1..25)
    end
    Enum.take(Task.Supervisor.async_stream_nolink(sup, 1..25, fn n -> work(n, 3, me) end, max_concurrency: 5), 3)
    Process.exit(killer, :kill)
    [] = Task.Supervisor.children(sup)
    Supervisor.stop(sup)
  end

  defp work(_, 1, _), do: exit(:bad)
  defp work(_, 2, _), do: Process.sleep(100)
  defp work(n, _, _), do: (Process.sleep(:rand.uniform(5) - 1); n)

  defp killer(_, 0), do: :ok
  defp killer(sup, n) do
    Process.sleep(1)
    for pid <- Task.Supervisor.children(sup), :rand.uniform(4) == 1, do: Process.exit(pid, :kill)
    killer(sup, n - 1)
  end

  # A key always finds a partition or learns that it is just dead; partitions come back.
  def partitions do
    {:ok, sup} = PartitionSupervisor.start_link(child_spec: {Worker, 1} |> Supervisor.child_spec(restart: :permanent), name: Parted, partitions: 4, max_restarts: 1000)
    for n <- 1..30 do
      name = {:via, PartitionSupervisor, {Parted, n}}
      case :rand.uniform(3) do
        1 -> Process.exit(GenServer.whereis(name), :kill)
        2 -> (try do GenServer.call(name, :crash) catch :exit, _ -> :ok end)
        3 -> (try do :slept = GenServer.call(name, {:sleep, 1}) catch :exit, _ -> :ok end)
      end
    end
    Process.sleep(5)
    %{active: 4} = PartitionSupervisor.count_children(Parted)
    for n <- 0..3, do: (:slept = GenServer.call({:via, PartitionSupervisor, {Parted, n}}, {:sleep, 0}))
    PartitionSupervisor.stop(Parted)
    false = Process.alive?(sup)
  end

  # All nodes are this one: an answer, or the node among the bad; a cast reaches who lives.
  def everywhere do
    for _ <- 1..10 do
      {:ok, pid} = GenServer.start(Worker, 1, name: :soak_everywhere)
      kill = :rand.uniform(3)
      if kill == 1, do: Process.exit(pid, :kill)
      if kill == 2, do: spawn(fn -> Process.exit(pid, :kill) end)
      case GenServer.multi_call([node()], :soak_everywhere, {:sleep, 1}, Enum.random([0, 5])) do
        {[{_, :slept}], []} -> :ok
        {[], [_]} -> :ok
      end
      :abcast = GenServer.abcast(:soak_everywhere, {:tell, self()})
      Process.exit(pid, :kill)
      Process.sleep(3)
      receive do {:told, ^pid} -> :ok after 0 -> :ok end
    end
  end

  # Each handler terminates once, and who supervises it is told once.
  def events do
    {:ok, manager} = :gen_event.start()
    names = for n <- 1..10, do: {Handler, n}
    for name <- names, do: (:ok = :gen_event.add_sup_handler(manager, name, {name, self()}))
    for name <- Enum.take_random(names, 5) do
      case :rand.uniform(3) do
        1 -> :gen_event.notify(manager, {:crash, name})
        2 -> :gen_event.notify(manager, {:remove, name})
        3 -> :gen_event.delete_handler(manager, name, :x)
      end
    end
    :gen_event.stop(manager)
    for name <- names do
      receive do {:terminated, ^name} -> :ok after 0 -> raise "not terminated" end
      receive do {:gen_event_EXIT, ^name, _} -> :ok after 0 -> raise "not told" end
    end
  end

  def leftover, do: (receive do other -> raise "left over: #{inspect(other)}" after 0 -> :ok end)
end
:logger.set_primary_config(:level, :none)
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
Registry.start_link(keys: :unique, name: Warm)
before = {length(Process.list()), length(:ets.all())}
parts = [&Soak.bounded/0, &Soak.listeners/0, &Soak.streams/0, &Soak.partitions/0, &Soak.everywhere/0, &Soak.events/0]
for _ <- 1..Soak.setting("SOAK_ROUNDS", "15"), part <- parts, do: (part.(); Process.sleep(5); Soak.leftover())
Process.sleep(10)
IO.inspect({length(Process.list()), length(:ets.all())} == before) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
