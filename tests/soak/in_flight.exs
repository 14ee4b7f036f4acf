# What is under way while somebody ends: timers cancelled in flight, replies through aliases, tables given away and inherited, rings of links, code
# that is replaced. Each happens exactly once or not at all. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)

  # A timer fires or is cancelled, never both; one whose owner or target is gone harms nobody.
  def timers do
    other = spawn(fn -> Process.sleep(:rand.uniform(3)) end)
    for _ <- 1..5, do: Process.send_after(other, :lost, :rand.uniform(6))
    spawn(fn -> for(_ <- 1..5, do: :erlang.start_timer(:rand.uniform(6), other, :lost)) end)
    timers = for n <- 1..40, do: {n, :erlang.start_timer(:rand.uniform(5) - 1, self(), n)}
    outcomes = for {n, ref} <- Enum.shuffle(timers), do: {n, ref, cancelled(ref)}
    for {n, ref, late} <- outcomes do
      case late do
        :kept -> receive do {:timeout, ^ref, ^n} -> :ok after 100 -> raise "no timer" end
        false -> receive do {:timeout, ^ref, ^n} -> :ok after 0 -> raise "fired and gone" end
        _ -> receive do {:timeout, ^ref, ^n} -> raise "cancelled, but fired" after 10 -> :ok end
      end
    end
  end

  defp cancelled(ref) do
    if :rand.uniform(8) == 1, do: Process.sleep(1)
    case :rand.uniform(4) do
      1 -> :kept
      2 -> (:erlang.cancel_timer(ref, async: true); receive do {:cancel_timer, ^ref, left} -> left end)
      _ -> :erlang.cancel_timer(ref)
    end
  end

  # A request through an alias has its reply or its :DOWN, and nothing after it was given up.
  def aliases do
    for _ <- 1..25 do
      mode = Enum.random([:demonitor, :reply_demonitor, :explicit_unalias])
      {how, wait} = {:rand.uniform(4), :rand.uniform(4) - 1}
      server = spawn(fn -> receive do {:ask, ref} -> answer(how, ref) end end)
      ref = :erlang.monitor(:process, server, alias: mode)
      if :rand.uniform(6) == 1, do: Process.exit(server, :kill)
      send(server, {:ask, ref})
      got = receive do {:reply, ^ref} -> :reply; {:DOWN, ^ref, _, _, _} -> :down after wait -> :late end
      :erlang.demonitor(ref, [:flush])
      if mode == :explicit_unalias, do: :erlang.unalias(ref)
      # What came through the alias before it was taken away may lie there, once.
      if got != :reply, do: (receive do {:reply, ^ref} -> :ok after 0 -> :ok end)
      Process.exit(server, :kill)
      if mode == :reply_demonitor and got == :reply, do: false = :erlang.demonitor(ref, [:info])
    end
    Process.sleep(5)
  end

  defp answer(1, ref), do: send(ref, {:reply, ref})
  defp answer(2, ref), do: (Process.sleep(1); send(ref, {:reply, ref}))
  defp answer(3, _), do: exit(:refused)
  defp answer(4, ref), do: (Process.sleep(3); send(ref, {:reply, ref}))

  # A table is with its owner, else with its heir, who is told once; without heir it is gone.
  def tables do
    me = self()
    tables = for n <- 1..12 do
      pid = spawn(fn -> receive do {:make, options} -> send(me, {:table, :ets.new(:t, [:public | options])}); owner() end end)
      heir? = rem(n, 3) != 0
      send(pid, {:make, if(heir?, do: [{:heir, me, n}], else: [])})
      {n, receive(do: ({:table, t} -> t)), pid, heir?}
    end
    for {_, t, pid, _} <- tables do
      :ets.insert(t, {:key, :value})
      {_, _, next, _} = Enum.random(tables)
      if :rand.uniform(2) == 1, do: send(pid, {:give, t, next})
      if :rand.uniform(2) == 1, do: Process.exit(pid, Enum.random([:kill, :boom]))
    end
    for {_, _, pid, _} <- Enum.shuffle(tables), do: Process.exit(pid, :kill)
    Process.sleep(5)
    for {n, t, _, heir?} <- tables do
      if heir? do
        receive do {:"ETS-TRANSFER", ^t, _, ^n} -> :ok after 0 -> raise "not inherited" end
        [{:key, :value}] = :ets.lookup(t, :key)
        ^me = :ets.info(t, :owner)
        :ets.delete(t)
      else
        :undefined = :ets.info(t)
      end
    end
  end

  # Who gets a table keeps it; one that is given away twice, or to the dead, is a bad argument there.
  defp owner do
    receive do
      {:give, t, to} -> (try do :ets.give_away(t, to, :given) rescue ArgumentError -> :ok end)
      {:"ETS-TRANSFER", t, _, :given} -> if :rand.uniform(3) == 1, do: (try do :ets.insert(t, {:key, :value}) rescue ArgumentError -> :ok end)
    end
    owner()
  end

  # A ring of links, some of whose members trap exits: what one end starts stops at them, and each is told of its neighbours once.
  def rings do
    me = self()
    members = for n <- 1..12, do: spawn(fn -> Process.flag(:trap_exit, rem(n, 4) == 0); member(me, []) end)
    for {a, b} <- Enum.zip(members, tl(members) ++ [hd(members)]), do: send(a, {:link, b})
    for pid <- members, do: (send(pid, {:sync, me}); receive(do: ({:synced, ^pid} -> :ok)))
    refs = for pid <- members, do: {Process.monitor(pid), pid}
    victim = Enum.random([1, 2, 3])
    Process.exit(Enum.at(members, victim - 1), Enum.random([:kill, :boom]))
    Process.sleep(5)
    alive = for {pid, n} <- Enum.with_index(members, 1), Process.alive?(pid), do: n
    [4, 5, 6, 7, 8, 9, 10, 11, 12] = alive
    for {ref, pid} <- refs, not Process.alive?(pid), do: (receive do {:DOWN, ^ref, _, _, _} -> :ok after 0 -> raise "no :DOWN" end)
    told = for n <- [4, 12], pid = Enum.at(members, n - 1), do: (send(pid, {:told, me}); receive(do: ({:told, ^pid, exits} -> length(exits))))
    [1, 1] = told
    for {ref, _} <- refs, do: Process.demonitor(ref, [:flush])
    for pid <- members, do: Process.exit(pid, :kill)
  end

  defp member(me, exits) do
    receive do
      {:link, pid} -> (Process.link(pid); member(me, exits))
      {:sync, from} -> (send(from, {:synced, self()}); member(me, exits))
      {:told, from} -> (send(from, {:told, self(), exits}); member(me, exits))
      {:EXIT, pid, reason} -> member(me, [{pid, reason} | exits])
    end
  end

  # Servers that go on in the newest code at each request; what lingers in the version before the last is killed when that is purged.
  def code(round) do
    me = self()
    replace(round * 10)
    movers = for _ <- 1..6, do: spawn(fn -> apply(Hot, :serve, []) end)
    lingerers = for _ <- 1..3, do: spawn_monitor(fn -> apply(Hot, :linger, [me]) end)
    for {pid, _} <- lingerers, do: (receive do {:lingers, ^pid} -> :ok end)
    for step <- 1..3 do
      callers = for pid <- movers, do: spawn(fn -> for(_ <- 1..5, do: send(pid, {:version, me})) end)
      replace(round * 10 + step)
      for _ <- callers, _ <- 1..5, do: (receive do {:version, v} when v in (round * 10 + step - 1)..(round * 10 + step) -> v after 1000 -> raise "no answer" end)
    end
    for {_, ref} <- lingerers, do: (receive do {:DOWN, ^ref, _, _, :killed} -> :ok after 1000 -> raise "lingers on" end)
    true = Enum.all?(movers, &Process.alive?/1)
    for pid <- movers, do: Process.exit(pid, :kill)
  end

  # Who waits in the old version takes one message there, and goes on in the new one.
  defp replace(version) do
    :code.purge(Hot)
    Code.compiler_options(ignore_module_conflict: true)
    Code.compile_string("""
    defmodule Hot do
      def serve do
        receive do
          {:version, from} -> send(from, {:version, #{version}})
          :move -> :ok
        end
        __MODULE__.serve()
      end
      def linger(from) do
        send(from, {:lingers, self()})
        receive do :never -> linger(from) end
      end
    end
    """)
    for pid <- Process.list(), {:current_function, {Hot, :serve, 0}} == Process.info(pid, :current_function), do: send(pid, :move)
    Process.sleep(1)
  end

  def leftover, do: (receive do other -> raise "left over: #{inspect(other)}" after 0 -> :ok end)
end
:logger.set_primary_config(:level, :none)
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
before = {length(Process.list()), length(:ets.all())}
for round <- 1..Soak.setting("SOAK_ROUNDS", "15") do
  for part <- [&Soak.timers/0, &Soak.aliases/0, &Soak.tables/0, &Soak.rings/0, fn -> Soak.code(round) end], do: (part.(); Process.sleep(5); Soak.leftover())
end
Process.sleep(10)
IO.inspect({length(Process.list()), length(:ets.all())} == before) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
