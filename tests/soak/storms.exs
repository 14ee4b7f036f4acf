# Restart storms past the intensity, exits and clashes of names in init, brutal kills, calls to dead and dying servers: every caller gets an
# answer or an exit, every supervisor ends as OTP's would, and no process, name, table, timer or monitor is left. SOAK_SEED chooses another run,
# SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Weak do
  use GenServer
  def child_spec({name, _} = arg), do: %{id: name, start: {__MODULE__, :start_link, [arg]}, shutdown: Enum.random([:brutal_kill, 10, 5000])}
  def start_link({name, _} = arg), do: GenServer.start_link(__MODULE__, arg, name: name)
  def init({_, odds}) do
    case :rand.uniform(odds) do
      1 -> {:stop, :bad_start}
      2 -> exit(:in_init)
      3 -> raise "in init"
      4 -> :ignore
      _ -> Process.flag(:trap_exit, :rand.uniform(2) == 1); {:ok, :ets.new(:own, []), 1000}
    end
  end
  def handle_call(:die, _from, _), do: exit(:died)
  def handle_call(:stop, _from, s), do: {:stop, :normal, :stopped, s}
  def handle_call(:crash, _from, _), do: raise("crash")
  def handle_call(:slow, _from, s), do: (Process.sleep(:rand.uniform(20)); {:reply, :slow, s})
  def handle_call(:later, from, s), do: (Process.send_after(self(), {:answer, from}, :rand.uniform(20)); {:noreply, s})
  def handle_info({:answer, from}, s), do: (GenServer.reply(from, :late); {:noreply, s})
  def handle_info(_, s), do: {:noreply, s}
end
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)

  def call(name) do
    request = Enum.random([:die, :stop, :crash, :slow, :later, :slow])
    {:reply, GenServer.call(name, request, Enum.random([5, 50, 1000]))}
  catch
    :exit, {_, {GenServer, :call, [^name, _, _]}} -> :exit
  end

  def round do
    names = [:weak_a, :weak_b, :weak_c]
    odds = Enum.random([8, 50, 1000])
    strategy = Enum.random([:one_for_one, :one_for_all, :rest_for_one])
    children = for name <- names, do: {Weak, {name, odds}}
    case Supervisor.start_link(children, strategy: strategy, max_restarts: :rand.uniform(8), max_seconds: 5) do
      {:ok, sup} -> storm(sup, names)
      {:error, {:shutdown, {:failed_to_start_child, name, _}}} -> true = name in names
    end
    # Whoever holds the name keeps the others out.
    {:ok, holder} = Agent.start(fn -> 1 end, name: :weak_b)
    {:error, {:already_started, ^holder}} = GenServer.start(Weak, {:weak_b, 1000}, name: :weak_b)
    {:error, {:shutdown, {:failed_to_start_child, :weak_b, {:already_started, ^holder}}}} =
      Supervisor.start_link([{Weak, {:weak_b, 1000}}], strategy: :one_for_one)
    Agent.stop(holder)
    for name <- names, do: (nil = Process.whereis(name))
    drain()
  end

  defp storm(sup, names) do
    callers = for _ <- 1..10, do: Task.async(fn -> for(_ <- 1..5, do: call(Enum.random(names))) end)
    for _ <- 1..:rand.uniform(6) do
      if pid = Process.whereis(Enum.random(names)), do: Process.exit(pid, Enum.random([:kill, :shutdown, :boom, :normal]))
      Process.sleep(:rand.uniform(10))
    end
    answers = callers |> Task.await_many(60_000) |> List.flatten()
    true = length(answers) == 50 and Enum.all?(answers, &(&1 == :exit or match?({:reply, _}, &1)))
    ref = Process.monitor(sup)
    Process.exit(sup, Enum.random([:shutdown, :kill, :other]))
    receive do {:DOWN, ^ref, _, _, reason} -> true = reason in [:shutdown, :killed, :other, :noproc] after 60_000 -> raise "the supervisor lives" end
    for name <- names, pid = Process.whereis(name) do
      ref = Process.monitor(pid)
      receive do {:DOWN, ^ref, _, _, _} -> :ok after 60_000 -> raise "an orphan lives: #{name}" end
    end
  end

  # Only exits of the supervisors linked to us, one each.
  defp drain(seen \\ []) do
    receive do
      {:EXIT, pid, _} -> false = pid in seen; drain([pid | seen])
      other -> raise "left over: #{inspect(other)}"
    after 30 -> :ok
    end
  end
end
:logger.set_primary_config(:level, :none)
Process.flag(:trap_exit, true)
links = Enum.sort(elem(Process.info(self(), :links), 1))
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
before = {length(Process.list()), length(:ets.all()), length(Port.list())}
for _ <- 1..Soak.setting("SOAK_ROUNDS", "20"), do: Soak.round()
Process.sleep(100)
IO.inspect({length(Process.list()), length(:ets.all()), length(Port.list())} == before) # => true
IO.inspect(Enum.sort(elem(Process.info(self(), :links), 1)) == links) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
