# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# Children that are started when they are needed: downloads that finish, fail, are tried again or are cancelled.

Logger.configure(level: :none)

defmodule Download do
  # Restarted only when it ends abnormally: a download that is done is done.
  use GenServer, restart: :transient

  def start_link({name, steps, faults}) do
    GenServer.start_link(__MODULE__, {name, steps, faults}, name: {:via, Registry, {Downloads.Names, name}})
  end

  @impl true
  def init({name, steps, faults}) do
    {:ok, %{name: name, left: steps, attempt: Attempts.next(name), faults: faults}, {:continue, :step}}
  end

  @impl true
  def handle_continue(:step, state) do
    Process.send_after(self(), :step, 100)
    {:noreply, state}
  end

  # The first attempts break down half-way, as many as there are faults.
  @impl true
  def handle_info(:step, %{left: 2, attempt: attempt, faults: faults} = state) when attempt <= faults do
    IO.puts("#{state.name}: connection lost in attempt #{attempt}")
    {:stop, :connection_lost, state}
  end

  def handle_info(:step, %{left: 0} = state) do
    IO.puts("#{state.name}: done in attempt #{state.attempt}")
    {:stop, :normal, state}
  end

  def handle_info(:step, state), do: {:noreply, %{state | left: state.left - 1}, {:continue, :step}}
end

defmodule Attempts do
  # Outlives the downloads, so it can count how often each was started.
  use Agent

  def start_link(_), do: Agent.start_link(fn -> %{} end, name: __MODULE__)

  def next(name) do
    Agent.get_and_update(__MODULE__, fn counts ->
      counts = Map.update(counts, name, 1, &(&1 + 1))
      {counts[name], counts}
    end)
  end
end

defmodule Downloads do
  use DynamicSupervisor

  def start_link(opts), do: DynamicSupervisor.start_link(__MODULE__, opts, name: __MODULE__)

  def start(name, steps, faults \\ 0), do: DynamicSupervisor.start_child(__MODULE__, {Download, {name, steps, faults}})

  def cancel(name) do
    case Registry.lookup(Downloads.Names, name) do
      [{pid, _}] -> DynamicSupervisor.terminate_child(__MODULE__, pid)
      [] -> {:error, :not_found}
    end
  end

  @impl true
  def init(opts) do
    DynamicSupervisor.init(strategy: :one_for_one, max_children: opts[:max], max_restarts: 10)
  end
end

children = [Attempts, {Registry, keys: :unique, name: Downloads.Names}, {Downloads, max: 3}]
{:ok, _} = Supervisor.start_link(children, strategy: :one_for_one)

{:ok, _} = Downloads.start("kernel", 6)
{:ok, _} = Downloads.start("firmware", 3, 2)
{:ok, _} = Downloads.start("film", 1_000)
IO.inspect(Downloads.start("music", 2), label: "a fourth")
IO.inspect(DynamicSupervisor.count_children(Downloads))

Process.sleep(2_000)
IO.inspect(Downloads.cancel("film"), label: "cancel the film")
IO.inspect(Downloads.cancel("kernel"), label: "cancel the kernel")
IO.inspect(DynamicSupervisor.count_children(Downloads))
