# The order of events that OTP defines for state machines, event managers and linked processes: random programs, each of whose whole histories is
# one number. What is printed was written by real Elixir: :rand gives both the same programs. To see a history, print it where it is hashed.
# flags: --virtual-time
defmodule Pick do
  def one(list), do: Enum.at(list, :rand.uniform(length(list)) - 1)
  def messages(wait), do: (receive do m -> [m | messages(wait)] after wait -> [] end)
  def seeded(seed, n), do: :rand.seed(:exsss, {seed, n, n})
  # What no two runs share is left out of a history.
  def plain(term, pids \\ [])
  def plain(pid, pids) when is_pid(pid), do: {:pid, Enum.find_index(pids, &(&1 == pid))}
  def plain(ref, _) when is_reference(ref), do: :ref
  def plain({reason, [{_, _, _, _} | _]}, pids), do: {:raised, plain(reason, pids)}
  def plain(list, pids) when is_list(list), do: Enum.map(list, &plain(&1, pids))
  def plain(tuple, pids) when is_tuple(tuple), do: tuple |> Tuple.to_list() |> plain(pids) |> List.to_tuple()
  def plain(other, _), do: other
end
# ---- a state machine that at each event does something else
defmodule Machine do
  import Pick, only: [one: 1]
  def callback_mode, do: Process.get(:mode)
  def init({seed, test, mode}) do
    Pick.seeded(seed, 1)
    Process.put(:mode, mode)
    {:ok, :a, test, actions(:init)}
  end
  # At most so many events are made inside.
  defp actions(call) do
    n = Process.put(:made, Process.get(:made, 0) + 1) || 0
    if n > 40, do: [], else: for(_ <- 1..(:rand.uniform(4) - 1)//1, do: action(call))
  end
  defp action(call) do
    case :rand.uniform(if(call == :enter, do: 7, else: 10)) do
      1 -> {:timeout, 0, :quiet}
      2 -> {:state_timeout, one([0, :cancel, :update]), :over} |> cancelled()
      3 -> {{:timeout, one([:x, :y])}, 0, :named}
      4 -> {{:timeout, one([:x, :y])}, :cancel}
      5 -> {{:timeout, one([:x, :y])}, :update, :updated}
      6 -> {:postpone, false}
      7 -> {:hibernate, one([true, false])}
      8 -> {:next_event, one([:internal, :cast, :info]), :rand.uniform(100)}
      9 -> {:next_event, one([:state_timeout, :timeout, {:timeout, :x}]), :made}
      10 -> if(call == :init, do: {:postpone, false}, else: :postpone)
    end
  end
  defp cancelled({key, :cancel, _}), do: {key, :cancel}
  defp cancelled(action), do: action
  def handle_event(:enter, old, state, test) do
    send(test, {:enter, old, state})
    if :rand.uniform(3) == 1, do: {:keep_state_and_data, actions(:enter)}, else: :keep_state_and_data
  end
  def handle_event({:call, from}, what, state, test), do: (send(test, {:call, what, state}); :gen_statem.reply(from, what); result(test, &(&1 == :postpone)))
  def handle_event(type, what, state, test), do: (send(test, {type, what, state}); result(test, fn _ -> false end))
  def a(type, what, test), do: handle_event(type, what, :a, test)
  def b(type, what, test), do: handle_event(type, what, :b, test)
  defp result(test, unwanted) do
    actions = Enum.reject(actions(:event), unwanted)
    case :rand.uniform(6) do
      n when n < 4 -> {:next_state, one([:a, :b]), test, actions}
      4 -> {:repeat_state, test, actions}
      _ -> {:keep_state_and_data, actions}
    end
  end
  def history(seed) do
    mode = Enum.at([:handle_event_function, :state_functions, [:handle_event_function, :state_enter], [:state_functions, :state_enter]], rem(seed, 4))
    {:ok, pid} = :gen_statem.start(__MODULE__, {seed, self(), mode}, [])
    :sys.suspend(pid)
    for n <- 1..5, do: :gen_statem.cast(pid, n)
    requests = for n <- 6..8, do: :gen_statem.send_request(pid, n)
    :sys.resume(pid)
    answers = for r <- requests, do: :gen_statem.wait_response(r, 1000)
    state = :sys.get_state(pid)
    Process.exit(pid, :kill)
    Pick.plain({Pick.messages(10), answers, state})
  end
end
# ---- handlers that come, go, give place to each other and fail
defmodule Handler do
  import Pick, only: [one: 1]
  @names [Handler, {Handler, 1}, {Handler, 2}]
  def init({:boot, seed, test}), do: (Pick.seeded(seed, 2); Process.put(:test, test); {:ok, :boot})
  def init(args) do
    note({:init, args})
    case :rand.uniform(10) do
      1 -> {:error, :refused}
      2 -> exit(:in_init)
      3 -> :wrong
      _ -> {:ok, 0}
    end
  end
  def handle_event(_, :boot), do: {:ok, :boot}
  def handle_event(event, s), do: (note({:event, event, s}); after_event(s))
  def handle_info(_, :boot), do: {:ok, :boot}
  def handle_info(info, s), do: (note({:info, info, s}); after_event(s))
  def handle_call(request, s), do: (note({:call, request, s}); after_call(:rand.uniform(9), s))
  def terminate(_, :boot), do: :ok
  def terminate(reason, s), do: (note({:ends, reason, s}); if(:rand.uniform(5) == 1, do: exit(:in_terminate), else: {:last, s}))
  defp note(what), do: send(Process.get(:test), what)
  defp after_event(s) do
    case :rand.uniform(9) do
      1 -> :remove_handler
      2 -> {:swap_handler, :old, s, one(@names), :new}
      3 -> raise "event"
      4 -> :wrong
      _ -> {:ok, s + 1}
    end
  end
  defp after_call(1, _), do: {:remove_handler, :removed}
  defp after_call(2, s), do: {:swap_handler, :swapped, :old, s, one(@names), :new}
  defp after_call(3, _), do: exit(:call)
  defp after_call(_, s), do: {:ok, s, s + 1}
  def history(seed) do
    {:ok, pid} = :gen_event.start_link()
    :gen_event.add_handler(pid, {Handler, :boot}, {:boot, seed, self()})
    Pick.seeded(seed, 3)
    results = for n <- 1..12 do
      name = one(@names)
      case :rand.uniform(8) do
        1 -> :gen_event.add_sup_handler(pid, name, n)
        2 -> :gen_event.delete_handler(pid, name, :bye)
        3 -> :gen_event.swap_handler(pid, {name, :old}, {one(@names), n})
        4 -> :gen_event.sync_notify(pid, n)
        5 -> :gen_event.call(pid, name, n)
        6 -> (send(pid, {:info, n}); :gen_event.which_handlers(pid))
        _ -> :gen_event.add_handler(pid, name, n)
      end
    end
    :gen_event.stop(pid)
    Pick.plain({results, Pick.messages(5)})
  end
end
# ---- processes that link, watch and end each other; after each step all that it caused
defmodule Linked do
  import Pick, only: [one: 1]
  def loop(test, n) do
    receive do
      {:do, ref, fun} -> (send(test, {ref, (try do fun.() rescue e -> {:raised, e.__struct__} end)}); loop(test, n))
      {:exit, reason} -> exit(reason)
      :raise -> raise "linked"
      :return -> :ok
      other -> (send(test, {n, other}); loop(test, n))
    end
  end
  def history(seed) do
    Pick.seeded(seed, 4)
    test = self()
    pids = for n <- 0..5, do: spawn(fn -> loop(test, n) end)
    for pid <- pids, do: Process.monitor(pid)
    steps = for _ <- 1..20 do
      result = step(one(pids), one(pids), one([:normal, :kill, :shutdown, :boom, :noproc]))
      Process.sleep(5)
      Pick.plain({result, Enum.sort(Pick.plain(Pick.messages(0), pids))}, pids)
    end
    for pid <- pids, do: Process.exit(pid, :kill)
    Process.sleep(5)
    Pick.messages(0)
    steps
  end
  defp step(a, b, reason) do
    case :rand.uniform(13) do
      n when n < 5 -> ask(a, fn -> Process.link(b) end)
      5 -> ask(a, fn -> Process.unlink(b) end)
      6 -> ask(a, fn -> (Process.put(:ref, Process.monitor(b)); :ok) end)
      7 -> ask(a, fn -> if(ref = Process.get(:ref), do: Process.demonitor(ref, [:info])) end)
      8 -> ask(a, fn -> if(ref = Process.get(:ref), do: Process.demonitor(ref, [:flush, :info])) end)
      9 -> (trap = one([true, true, false]); ask(a, fn -> Process.flag(:trap_exit, trap) end))
      10 -> ask(a, fn -> Process.exit(b, reason) end)
      11 -> Process.exit(b, reason)
      12 -> send(a, one([{:exit, reason}, :raise, :return]))
      13 -> ask(a, fn -> for item <- [:links, :monitors, :monitored_by], do: length(elem(Process.info(self(), item), 1)) end)
    end
  end
  defp ask(pid, fun) do
    ref = Process.monitor(pid)
    send(pid, {:do, ref, fun})
    receive do
      {^ref, result} -> (Process.demonitor(ref, [:flush]); result)
      {:DOWN, ^ref, _, _, _} -> :gone
    end
  end
end
:logger.set_primary_config(:level, :none)
for {module, seeds} <- [{Machine, 1..60}, {Handler, 1..60}, {Linked, 1..40}], chunk <- Enum.chunk_every(seeds, 10) do
  IO.puts("#{inspect(module)} #{hd(chunk)}: #{Enum.map_join(chunk, " ", &:erlang.phash2(module.history(&1)))}")
end
