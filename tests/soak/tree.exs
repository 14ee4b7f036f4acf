# A tree of supervisors five levels deep, torn down from any point and put up again, with kills in between: children end youngest first, each
# once, and nothing is left over. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Leaf do
  use GenServer
  def start_link({path, test}), do: GenServer.start_link(__MODULE__, {path, test})
  def init({path, test}) do
    Process.flag(:trap_exit, true)
    :ets.insert(:leaves, {path, self()})
    {:ok, {path, test}}
  end
  def terminate(reason, {path, test}), do: send(test, {:ended, path, reason})
end
defmodule Branch do
  use Supervisor
  def start_link({path, depth, test}), do: Supervisor.start_link(__MODULE__, {path, depth, test})
  def init({path, depth, test}) do
    :ets.insert(:branches, {path, self()})
    children = for i <- 1..2 do
      {module, args} = if depth == 1, do: {Leaf, {path ++ [i], test}}, else: {Branch, {path ++ [i], depth - 1, test}}
      %{id: i, start: {module, :start_link, [args]}, type: if(depth == 1, do: :worker, else: :supervisor)}
    end
    Supervisor.init(children, strategy: Enum.at([:one_for_one, :rest_for_one, :one_for_all], rem(length(path), 3)), max_restarts: 1000)
  end
end
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)
  def branch(path), do: (fn [{_, pid}] -> pid end).(:ets.lookup(:branches, path))
  def leaves_below(path, depth), do: Enum.reduce(1..depth//1, [path], fn _, paths -> for p <- paths, i <- 1..2, do: p ++ [i] end)

  # Takes a random subtree down and puts it up again.
  def round(levels) do
    at = :rand.uniform(levels - 1)
    path = for _ <- 1..at, do: :rand.uniform(2)
    {above, [id]} = Enum.split(path, -1)
    :ok = Supervisor.terminate_child(branch(above), id)
    true = ended() == Enum.reverse(leaves_below(path, levels - at))
    {:ok, _} = Supervisor.restart_child(branch(above), id)
    kill(levels)
  end

  # What a killed leaf or branch takes along depends on the strategies; afterwards all are there again.
  defp kill(levels) do
    case :rand.uniform(3) do
      1 -> Process.exit(branch(for(_ <- 1..(levels - 1), do: :rand.uniform(2))), :kill)
      2 -> (fn [{_, pid}] -> Process.exit(pid, :kill) end).(:ets.lookup(:leaves, for(_ <- 1..levels, do: :rand.uniform(2))))
      3 -> :ok
    end
    Process.sleep(20)
    ended()
    true = Enum.all?(leaves_below([], levels), fn path -> [{_, pid}] = :ets.lookup(:leaves, path); Process.alive?(pid) end)
    for {_, pid} <- :ets.tab2list(:branches), do: %{active: 2} = Supervisor.count_children(pid)
  end

  def ended, do: (receive do {:ended, path, _} -> [path | ended()] after 0 -> [] end)
end
:logger.set_primary_config(:level, :none)
links = Process.info(self(), :links)
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
before = length(Process.list())
for name <- [:leaves, :branches], do: :ets.new(name, [:named_table, :public])
levels = 5
{:ok, root} = Branch.start_link({[], levels, self()})
for _ <- 1..Soak.setting("SOAK_ROUNDS", "15"), do: Soak.round(levels)
ref = Process.monitor(root)
Supervisor.stop(root)
IO.inspect((receive do {:DOWN, ^ref, _, _, reason} -> reason end)) # => :normal
IO.inspect(Soak.ended() == Enum.reverse(Soak.leaves_below([], levels))) # => true
Process.sleep(10)
IO.inspect(length(Process.list()) - before) # => 0
IO.inspect(Process.info(self(), :links) == links) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
