# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# Two rate limiters with one interface. The window forgets all at once, every period; the bucket gains a token now
# and then, so that a client that was quiet may hurry for a moment.

defmodule RateLimiter do
  @doc "Asks limiter `name` whether `client` may go on."
  def check(name, client), do: GenServer.call(name, {:check, client})
end

defmodule Window do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: Keyword.fetch!(opts, :name))

  @impl true
  def init(opts) do
    state = %{limit: opts[:limit], period: opts[:period], counts: %{}}
    schedule_reset(state)
    {:ok, state}
  end

  @impl true
  def handle_call({:check, client}, _from, state) do
    count = Map.get(state.counts, client, 0)

    if count < state.limit do
      {:reply, {:ok, state.limit - count - 1}, put_in(state.counts[client], count + 1)}
    else
      {:reply, {:error, :rate_limited}, state}
    end
  end

  @impl true
  def handle_info(:reset, state) do
    schedule_reset(state)
    {:noreply, %{state | counts: %{}}}
  end

  defp schedule_reset(state), do: Process.send_after(self(), :reset, state.period)
end

defmodule Bucket do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: Keyword.fetch!(opts, :name))

  @impl true
  def init(opts), do: {:ok, %{size: opts[:size], every: opts[:every], clients: %{}}}

  # No timer: what has been gained since the last question is reckoned when the next one comes.
  @impl true
  def handle_call({:check, client}, _from, state) do
    now = System.monotonic_time(:millisecond)
    {tokens, since} = Map.get(state.clients, client, {state.size, now})
    gained = div(now - since, state.every)
    tokens = min(tokens + gained, state.size)
    since = since + gained * state.every

    case tokens do
      0 -> {:reply, {:error, {:retry_in, state.every - (now - since)}}, state}
      n -> {:reply, {:ok, n - 1}, put_in(state.clients[client], {n - 1, since})}
    end
  end
end

{:ok, _} =
  Supervisor.start_link(
    [{Window, name: :window, limit: 3, period: 400}, {Bucket, name: :bucket, size: 3, every: 400}],
    strategy: :one_for_one
  )

ask = fn limiter, client, times ->
  answers = for _ <- 1..times, do: RateLimiter.check(limiter, client)

  said =
    Enum.map_join(answers, " ", fn
      {:ok, _left} -> "ok"
      {:error, :rate_limited} -> "no"
      {:error, {:retry_in, _time}} -> "wait"
    end)

  IO.puts("#{limiter} #{client}: #{said}")
end

ask.(:window, :ann, 5)
ask.(:window, :bob, 2)
ask.(:bucket, :ann, 5)
ask.(:bucket, :bob, 1)

Process.sleep(600)
IO.puts("600 ms later")
ask.(:window, :ann, 4)
ask.(:bucket, :ann, 3)

Process.sleep(2_000)
IO.puts("2 s later")
ask.(:bucket, :ann, 4)
