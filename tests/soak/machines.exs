# State machines that postpone, time out, are suspended, looked into, replaced, upgraded and killed while they are asked: a request is answered
# once or its caller exits, requests are answered in the order in which they were made, no time-out of a state left behind fires, and a suspended
# machine takes nothing. SOAK_SEED chooses another run, SOAK_ROUNDS a longer one.
# flags: --virtual-time
defmodule Door do
  @behaviour :gen_statem
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(test), do: {:ok, :locked, %{test: test, entered: 0, asked: 0}}

  # Locked: whoever asks waits. Each way in has its own time-out, which no other state may see.
  def handle_event(:enter, _, :locked, d), do: {:keep_state, %{d | entered: d.entered + 1}, [{:state_timeout, :rand.uniform(8), {:unlock, d.entered + 1}}]}
  def handle_event(:enter, _, :open, d), do: {:keep_state, %{d | entered: d.entered + 1}, [{:state_timeout, :rand.uniform(4), {:lock, d.entered + 1}}]}
  def handle_event(:state_timeout, {:unlock, n}, :locked, %{entered: n} = d), do: {:next_state, :open, d}
  def handle_event(:state_timeout, {:lock, n}, :open, %{entered: n} = d), do: {:next_state, :locked, d}
  def handle_event({:call, _}, {:pass, _}, :locked, _), do: {:keep_state_and_data, [:postpone, {{:timeout, :idle}, 5, :seen}]}
  def handle_event({:call, from}, {:pass, n}, :open, d), do: {:keep_state, %{d | asked: d.asked + 1}, [{:reply, from, {:passed, n}}, {:next_event, :internal, {:count, d.asked + 1}}]}
  def handle_event(:internal, {:count, n}, :open, %{asked: n}), do: {:keep_state_and_data, [{:timeout, 3, :quiet}]}
  def handle_event({:timeout, :idle}, :seen, _, _), do: :keep_state_and_data
  def handle_event(:timeout, :quiet, :open, _), do: {:keep_state_and_data, :hibernate}
  def handle_event(:cast, :repeat, _, d), do: {:repeat_state, d}
  def handle_event(:cast, :crash, _, _), do: raise("crash")
  def handle_event(:cast, :stop, _, _), do: {:stop, :shutdown}
  def terminate(_, _, d), do: send(d.test, {:ended, self()})
  def code_change(_, state, data, _), do: {:ok, state, data}
end
defmodule Soak do
  def setting(name, default), do: String.to_integer(System.get_env(name) || default)

  def round do
    {:ok, pid} = :gen_statem.start(Door, self(), Enum.random([[], [hibernate_after: 2], [debug: [{:log, 3}, :statistics]]]))
    ref = Process.monitor(pid)
    callers = for c <- 1..6, do: Task.async(fn -> asks(pid, c) end)
    fate = Enum.random([:kill, :crash, :stop, :exit, :gen_stop, :live])
    for _ <- 1..12, do: steer(pid)
    end_of(pid, fate)
    answers = callers |> Task.await_many(60_000)
    for list <- answers, do: (true = Enum.all?(list, &(&1 in [:passed, :gone])) and length(list) == 5)
    if fate == :live, do: (true = List.flatten(answers) |> Enum.all?(&(&1 == :passed)); :gen_statem.stop(pid))
    receive do {:DOWN, ^ref, _, _, _} -> :ok after 60_000 -> raise "the machine lives" end
    # terminate/3 was called once, unless the machine was killed.
    told = receive do {:ended, ^pid} -> 1 after 0 -> 0 end
    true = told == if(fate == :kill, do: 0, else: 1)
    leftover()
  end

  # Five requests of one caller, one of which goes ahead without waiting: answered in order.
  defp asks(pid, c) do
    for n <- 1..5 do
      if :rand.uniform(3) == 1, do: Process.sleep(:rand.uniform(6))
      try do
        early = if n == 3, do: :gen_statem.send_request(pid, {:pass, {c, :early}})
        {:passed, {^c, ^n}} = :gen_statem.call(pid, {:pass, {c, n}}, 60_000)
        if early, do: {:reply, {:passed, {^c, :early}}} = :gen_statem.wait_response(early, 0)
        :passed
      catch
        :exit, {_, {:gen_statem, :call, _}} -> :gone
      end
    end
  after
    receive do {:DOWN, _, _, _, _} -> :ok after 0 -> :ok end
  end

  defp steer(pid) do
    case :rand.uniform(8) do
      1 -> suspended(pid)
      2 -> {state, %{}} = :sys.get_state(pid); true = state in [:locked, :open]
      3 -> :sys.replace_state(pid, fn {state, data} -> {state, data} end)
      4 -> {:status, ^pid, {:module, :gen_statem}, [_, :running | _]} = :sys.get_status(pid)
      5 -> :gen_statem.cast(pid, :repeat)
      6 -> (:sys.log(pid, true); :sys.log(pid, {true, 2}); {:ok, _} = :sys.log(pid, :get); :sys.log(pid, false))
      7 -> :erlang.garbage_collect(pid)
      8 -> Process.sleep(:rand.uniform(5))
    end
  end

  # What comes meanwhile waits.
  defp suspended(pid) do
    :ok = :sys.suspend(pid)
    before = :sys.get_state(pid)
    Process.sleep(:rand.uniform(10))
    ^before = :sys.get_state(pid)
    if :rand.uniform(2) == 1, do: :ok = :sys.change_code(pid, Door, 1, [])
    :ok = :sys.resume(pid)
  end

  defp end_of(pid, fate) do
    case fate do
      :kill -> Process.exit(pid, :kill)
      :crash -> :gen_statem.cast(pid, :crash)
      :stop -> :gen_statem.cast(pid, :stop)
      :exit -> :sys.terminate(pid, :shutdown)
      :gen_stop -> :gen_statem.stop(pid)
      :live -> :ok
    end
  end

  def leftover, do: (receive do other -> raise "left over: #{inspect(other)}" after 0 -> :ok end)
end
:logger.set_primary_config(:level, :none)
:rand.seed(:exsss, Soak.setting("SOAK_SEED", "1"))
links = Enum.sort(elem(Process.info(self(), :links), 1))
before = length(Process.list())
for _ <- 1..Soak.setting("SOAK_ROUNDS", "15"), do: Soak.round()
Process.sleep(10)
IO.inspect(length(Process.list()) - before) # => 0
IO.inspect(Enum.sort(elem(Process.info(self(), :links), 1)) == links) # => true
IO.inspect(Process.info(self(), [:monitors, :message_queue_len])) # => [monitors: [], message_queue_len: 0]
