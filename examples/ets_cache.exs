# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# A cache in an ETS table. The server owns the table and sweeps out what is stale; everybody else reads and writes the
# table directly, so that no process stands in the way of a thousand readers.

Logger.configure(level: :none)

defmodule Cache do
  use GenServer

  @table __MODULE__

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)

  # ---- Run by the callers

  def put(key, value, ttl) do
    :ets.insert(@table, {key, value, now() + ttl})
    value
  end

  # What is stale but not swept yet must not be seen.
  def get(key) do
    case :ets.lookup(@table, key) do
      [{^key, value, expires}] -> if expires > now(), do: {:ok, value}, else: :error
      [] -> :error
    end
  end

  def fetch(key, ttl, fun) do
    case get(key) do
      {:ok, value} ->
        count(:hits)
        value

      :error ->
        count(:misses)
        put(key, fun.(), ttl)
    end
  end

  def delete(key), do: :ets.delete(@table, key)
  def stats, do: for(what <- [:hits, :misses, :swept], do: {what, :ets.lookup_element(@table, {:stats, what}, 2)})

  # Entries have three elements, the counters two.
  def size, do: :ets.select_count(@table, [{{:_, :_, :_}, [], [true]}])

  defp count(what, n \\ 1), do: :ets.update_counter(@table, {:stats, what}, n)
  defp now, do: System.monotonic_time(:millisecond)

  # ---- Run by the server

  @impl true
  def init(opts) do
    :ets.new(@table, [:named_table, :set, :public, read_concurrency: true])
    :ets.insert(@table, for(what <- [:hits, :misses, :swept], do: {{:stats, what}, 0}))
    {:ok, schedule_sweep(%{interval: Keyword.get(opts, :interval, 60_000), timer: nil})}
  end

  @impl true
  def handle_info(:sweep, state) do
    stale = [{{:_, :_, :"$1"}, [{:"=<", :"$1", now()}], [true]}]
    count(:swept, :ets.select_delete(@table, stale))
    {:noreply, schedule_sweep(state)}
  end

  defp schedule_sweep(state), do: %{state | timer: Process.send_after(self(), :sweep, state.interval)}
end

defmodule Slow do
  def square(n) do
    Process.sleep(20)
    n * n
  end
end

{:ok, _} = Supervisor.start_link([{Cache, interval: 500}], strategy: :one_for_one)

IO.inspect(Cache.fetch({:square, 12}, 2_000, fn -> Slow.square(12) end))
IO.inspect(Cache.fetch({:square, 12}, 2_000, fn -> raise "not called" end))
IO.inspect(Cache.stats(), label: "after one miss and one hit")

# A hundred readers at once; none of them asks the server.
squares =
  1..100
  |> Task.async_stream(fn _ -> Cache.fetch({:square, 12}, 2_000, fn -> :never end) end)
  |> Enum.map(fn {:ok, square} -> square end)

IO.inspect(Enum.uniq(squares))

for n <- 1..50, do: Cache.put({:short, n}, n, 250)
for n <- 1..10, do: Cache.put({:long, n}, n, 60_000)
IO.inspect({Cache.get({:short, 7}), Cache.get({:long, 7})}, label: "fresh")

Process.sleep(300)
IO.inspect({Cache.get({:short, 7}), Cache.get({:long, 7})}, label: "after 300 ms")
IO.inspect(Cache.size(), label: "still in the table")

Process.sleep(500)
IO.inspect(Cache.size(), label: "after the sweep")
IO.inspect(Cache.stats())

Cache.delete({:long, 7})
IO.inspect(Cache.get({:long, 7}), label: "deleted")

# The table lives as long as its owner: a restarted cache is empty.
owner = Process.whereis(Cache)
Process.exit(owner, :kill)
Process.sleep(50)
IO.inspect({Process.whereis(Cache) == owner, Cache.size()}, label: "after a crash")
