# Dynamic children under names of a registry, tasks, agents and partitions, all killed at random while they are called: entries of the dead
# vanish, every task is answered or told dead, counts agree, and nothing is left over. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Room do
  use GenServer, restart: :transient
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: name(n))
  def name(n), do: {:via, Registry, {Rooms, n, :room}}
  def init(n), do: (Registry.register(Topics, rem(n, 3), n); {:ok, %{me: n}})
  # Only upwards, so that nobody waits for himself.
  def handle_call({:ask, other}, _from, s), do: {:reply, if(other > s.me, do: GenServer.call(name(other), :size, 20)), s}
  def handle_call(:size, _from, s), do: {:reply, map_size(s), s}
  def handle_cast({:put, k}, s), do: {:noreply, Map.put(s, k, 1)}
  def handle_cast(:stop, s), do: {:stop, :normal, s}
  def handle_cast(:crash, _), do: raise("crash")
  def handle_info({:published, k}, s), do: {:noreply, Map.put(s, k, 2)}
end
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)

  def round do
    {:ok, top} = Supervisor.start_link([
      {Registry, keys: :unique, name: Rooms},
      {Registry, keys: :duplicate, name: Topics, partitions: Enum.random([1, 3])},
      {DynamicSupervisor, name: Doors, max_restarts: 10_000},
      {PartitionSupervisor, child_spec: {Agent, fn -> 0 end}, name: Parts, partitions: 3, max_restarts: 10_000},
      {Task.Supervisor, name: Jobs}
    ], strategy: :one_for_all, max_restarts: 1000)
    for n <- 1..10, do: DynamicSupervisor.start_child(Doors, {Room, n})
    jobs = for _ <- 1..30, do: Task.Supervisor.async_nolink(Jobs, fn -> work(:rand.uniform(8)) end)
    for _ <- 1..20, do: (attempt(jobs); if(:rand.uniform(3) == 1, do: Process.sleep(1)))
    answers = Task.yield_many(jobs, 60_000)
    true = Enum.all?(answers, fn {_, answer} -> match?({:ok, _}, answer) or match?({:exit, _}, answer) end)
    Process.sleep(50)
    settled(top)
    :ok = Supervisor.stop(top)
    for name <- [Rooms, Topics, Doors, Parts, Jobs], do: (nil = Process.whereis(name))
    leftover()
  end

  # Whoever is entered lives, and is a child; the counts of the supervisors are those of the living.
  defp settled(top) do
    %{active: 5} = Supervisor.count_children(top)
    children = for {_, pid, _, _} <- DynamicSupervisor.which_children(Doors), is_pid(pid), do: pid
    entered = Registry.select(Rooms, [{{:_, :"$1", :_}, [], [:"$1"]}])
    true = Enum.sort(children) == Enum.sort(entered) and Enum.all?(children, &Process.alive?/1)
    true = DynamicSupervisor.count_children(Doors).active == length(children)
    topics = for t <- 0..2, {pid, _} <- Registry.lookup(Topics, t), do: pid
    true = Enum.sort(topics) == Enum.sort(entered)
    [] = Task.Supervisor.children(Jobs)
    %{active: 3} = PartitionSupervisor.count_children(Parts)
  end

  defp work(1), do: GenServer.call(Room.name(:rand.uniform(10)), :size, 50)
  defp work(2), do: GenServer.call(Room.name(:rand.uniform(10)), {:ask, :rand.uniform(10)}, 100)
  defp work(3), do: Agent.get_and_update(part(), &{&1, &1 + 1})
  defp work(4), do: Registry.dispatch(Topics, :rand.uniform(3) - 1, fn all -> for {pid, _} <- all, do: send(pid, {:published, 1}) end)
  defp work(5), do: exit(:on_purpose)
  defp work(6), do: Process.sleep(:rand.uniform(30))
  defp work(7), do: Task.await(Task.async(fn -> work(:rand.uniform(6)) end))
  defp work(8), do: DynamicSupervisor.start_child(Doors, {Room, :rand.uniform(15)})

  defp part, do: {:via, PartitionSupervisor, {Parts, :rand.uniform(100)}}

  # What is struck may be on its way down or up.
  defp attempt(jobs) do
    strike(:rand.uniform(7), jobs)
  catch
    :exit, _ -> :ok
  end

  defp strike(1, jobs), do: Process.exit(Enum.random(jobs).pid, Enum.random([:kill, :boom, :shutdown]))
  defp strike(2, _), do: kill(GenServer.whereis(Room.name(:rand.uniform(10))))
  defp strike(3, _), do: GenServer.cast(Room.name(:rand.uniform(10)), Enum.random([:stop, :crash, {:put, 1}]))
  defp strike(4, _), do: kill(GenServer.whereis(part()))
  defp strike(5, _), do: (pid = GenServer.whereis(Room.name(:rand.uniform(10)))) && DynamicSupervisor.terminate_child(Doors, pid)
  defp strike(6, jobs), do: Task.Supervisor.terminate_child(Jobs, Enum.random(jobs).pid)
  defp strike(7, _), do: DynamicSupervisor.start_child(Doors, {Room, :rand.uniform(15)})

  defp kill(nil), do: :ok
  defp kill(pid), do: Process.exit(pid, Enum.random([:kill, :boom]))

  defp leftover, do: (receive do other -> raise "left over: #{inspect(other)}" after 0 -> :ok end)
end
:logger.set_primary_config(:level, :none)
links = Enum.sort(elem(Process.info(self(), :links), 1))
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
before = {length(Process.list()), length(:ets.all())}
for _ <- 1..Soak.setting("SOAK_ROUNDS", "15"), do: Soak.round()
Process.sleep(10)
IO.inspect({length(Process.list()), length(:ets.all())} == before) # => true
IO.inspect(Enum.sort(elem(Process.info(self(), :links), 1)) == links) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
