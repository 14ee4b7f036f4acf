# Random links (cycles too) and monitors, random exits while messages are in flight: every link and every monitor fires exactly once,
# what is taken back never, and nothing is left over. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)

  # A process that does what it is told, and ends as it is told.
  def node_loop do
    receive do
      {:link, pid} -> Process.link(pid)
      {:unlink, pid} -> Process.unlink(pid)
      {:chat, pid, n} when n > 0 -> send(pid, {:chat, self(), n - 1})
      {:stop, reason} -> exit(reason)
      {:sync, from, ref} -> send(from, ref)
      _ -> :ok
    end

    node_loop()
  end

  # Traps, links to all of `pids`, counts the exits it gets of each.
  def witness(parent, pids) do
    Process.flag(:trap_exit, true)
    Enum.each(pids, &Process.link/1)
    send(parent, {:ready, self()})
    witness(%{})
  end

  def witness(seen) do
    receive do
      {:EXIT, pid, reason} -> witness(Map.update(seen, pid, [reason], &[reason | &1]))
      {:report, from} -> send(from, {:seen, self(), seen})
    end
  end

  def round do
    pids = for _ <- 1..30, do: spawn(&node_loop/0)
    witnesses = for _ <- 1..3, do: start_witness(pids)
    # The graph: random links, many of them cycles; some are taken back at once.
    for _ <- 1..20 do
      [a, b] = Enum.take_random(pids, 2)
      send(a, {:link, b})
      if :rand.uniform(4) == 1, do: send(a, {:unlink, b})
    end
    Enum.each(pids, &sync/1)
    kept = for pid <- pids, _ <- 1..:rand.uniform(3), do: {Process.monitor(pid), pid}
    dropped = for pid <- pids, do: Process.monitor(pid)
    Enum.each(dropped, &Process.demonitor(&1, [:flush]))
    for a <- pids, do: send(a, {:chat, Enum.random(pids), 20})
    for pid <- Enum.shuffle(pids) do
      case :rand.uniform(4) do
        1 -> Process.exit(pid, :kill)
        2 -> Process.exit(pid, :shutdown)
        3 -> send(pid, {:stop, :normal})
        4 -> send(pid, {:stop, {:bad, self()}})
      end
      if :rand.uniform(3) == 1, do: Process.sleep(1)
    end
    downs = for {ref, pid} <- kept do
      receive do {:DOWN, ^ref, :process, ^pid, _} -> ref after 5000 -> raise "no DOWN" end
    end
    true = length(Enum.uniq(downs)) == length(kept)
    late = for pid <- pids, do: Process.monitor(pid)
    for ref <- late, do: (receive do {:DOWN, ^ref, _, _, :noproc} -> :ok after 5000 -> raise "no noproc" end)
    for w <- witnesses, do: check(w, pids)
    receive do other -> raise "left over: #{inspect(other)}" after 0 -> :ok end
  end

  defp start_witness(pids) do
    me = self()
    pid = spawn(fn -> witness(me, pids) end)
    receive do {:ready, ^pid} -> pid end
  end

  defp sync(pid) do
    ref = Process.monitor(pid)
    send(pid, {:sync, self(), ref})
    receive do ^ref -> :ok; {:DOWN, ^ref, _, _, _} -> :ok end
    Process.demonitor(ref, [:flush])
  end

  # An exit signal of a process comes once, whatever it was linked with besides.
  defp check(witness, pids) do
    send(witness, {:report, self()})
    receive do
      {:seen, ^witness, seen} ->
        true = Enum.sort(Map.keys(seen)) == Enum.sort(pids)
        true = Enum.all?(seen, fn {_, reasons} -> length(reasons) == 1 end)
    after 5000 -> raise "the witness died"
    end
  end
end
:logger.set_primary_config(:level, :none)
links = Process.info(self(), :links)
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
before = length(Process.list())
for _ <- 1..Soak.setting("SOAK_ROUNDS", "20"), do: Soak.round()
Process.sleep(10)
IO.inspect(length(Process.list()) - before) # => 0
IO.inspect(Process.info(self(), :links) == links) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
