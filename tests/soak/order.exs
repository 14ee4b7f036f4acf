# The order of events that OTP defines: random supervisors of every strategy, random failures, what starts and ends in which order. What is
# printed was written by real Elixir: :rand gives both the same supervisors.
# flags: --virtual-time
defmodule Child do
  use GenServer
  def start_link({id, test, _} = arg), do: (send(test, {:starts, id}); GenServer.start_link(__MODULE__, arg))
  def init({id, test, refuses}) do
    Process.flag(:trap_exit, true)
    times = :ets.update_counter(:starts, id, 1, {id, 0})
    if times > 1 and times <= 1 + refuses, do: {:stop, :refused}, else: {:ok, {id, test}}
  end
  def handle_cast({:end, reason}, s), do: {:stop, reason, s}
  def handle_info({:EXIT, _, reason}, s), do: {:stop, reason, s}
  def terminate(reason, {id, test}), do: send(test, {:ends, id, reason})
end
defmodule Order do
  def pick(list), do: Enum.at(list, :rand.uniform(length(list)) - 1)

  def children(n, depth, path) do
    for i <- 1..n do
      id = path <> Integer.to_string(i)
      start =
        if depth > 1 and pick([true, false]),
          do: {Supervisor, :start_link, [children(2, depth - 1, id <> "."), options()]},
          else: {Child, :start_link, [{id, self(), pick([0, 0, 0, 1, 9])}]}
      %{id: id, start: start, restart: pick([:permanent, :permanent, :transient, :temporary]), shutdown: pick([5000, :infinity])}
    end
  end

  def options, do: [strategy: pick([:one_for_one, :one_for_all, :rest_for_one]), max_restarts: pick([0, 1, 3, 5]), max_seconds: 5]

  def events do
    receive do
      {:starts, id} -> ["+" <> id | events()]
      {:ends, id, reason} -> ["-#{id} #{inspect(reason)}" | events()]
      {:EXIT, _, reason} -> ["supervisor #{inspect(reason)}" | events()]
    after
      80 -> []
    end
  end

  # The workers of a tree, in order.
  def workers(sup) do
    sup |> Supervisor.which_children() |> Enum.sort() |> Enum.flat_map(fn
      {_, pid, :worker, [Child]} when is_pid(pid) -> [pid]
      {_, pid, _, [Supervisor]} when is_pid(pid) -> workers(pid)
      _ -> []
    end)
  end

  def run(seed) do
    :rand.seed(:exsss, seed)
    :ets.delete_all_objects(:starts)
    {:ok, sup} = Supervisor.start_link(children(4, 3, ""), options())
    IO.puts("#{seed}: #{Enum.join(events(), ", ")}")
    for _ <- 1..4, Process.alive?(sup), workers = workers(sup), workers != [] do
      GenServer.cast(pick(workers), {:end, pick([:normal, :shutdown, {:shutdown, 1}, :boom])})
      IO.puts("  #{Enum.join(events(), ", ")}")
    end
    if Process.alive?(sup), do: Supervisor.stop(sup)
    IO.puts("  #{Enum.join(events(), ", ")}")
  end
end
:logger.set_primary_config(:level, :none)
Process.flag(:trap_exit, true)
:ets.new(:starts, [:named_table, :public])
Enum.each(1..40, &Order.run/1)
