# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# How a system goes down in order: children end in the reverse of the order in which they started, each has its time
# to tidy up, and the one that takes too long is killed.

Logger.configure(level: :none)

defmodule Store do
  # Started first, so it ends last: what the others flush while they end still arrives.
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
  def write(items), do: GenServer.call(__MODULE__, {:write, items})

  @impl true
  def init(_) do
    Process.flag(:trap_exit, true)
    {:ok, []}
  end

  @impl true
  def handle_call({:write, items}, _from, stored), do: {:reply, :ok, stored ++ items}

  @impl true
  def terminate(reason, stored), do: IO.puts("store: #{inspect(reason)}, holds #{inspect(stored)}")
end

defmodule Buffer do
  # Collects, and writes three at a time. Without terminate/2 the last ones would be lost.
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
  def add(item), do: GenServer.cast(__MODULE__, {:add, item})

  @impl true
  def init(_) do
    Process.flag(:trap_exit, true)
    {:ok, []}
  end

  @impl true
  def handle_cast({:add, item}, items) when length(items) < 2, do: {:noreply, items ++ [item]}

  def handle_cast({:add, item}, items) do
    Store.write(items ++ [item])
    {:noreply, []}
  end

  @impl true
  def terminate(reason, items) do
    IO.puts("buffer: #{inspect(reason)}, writes #{inspect(items)}")
    Store.write(items)
  end
end

defmodule Stubborn do
  # Wants ten seconds to tidy up and gets a fifth of one.
  use GenServer, shutdown: 200

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)

  @impl true
  def init(_) do
    Process.flag(:trap_exit, true)
    {:ok, nil}
  end

  @impl true
  def terminate(_reason, _state) do
    IO.puts("stubborn: begins to tidy up")
    Process.sleep(10_000)
    IO.puts("stubborn: never gets here")
  end
end

defmodule Careless do
  # Does not trap exits: the supervisor's :shutdown ends it at once, and terminate/2 is not called.
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)

  @impl true
  def init(_), do: {:ok, nil}

  @impl true
  def terminate(_reason, _state), do: IO.puts("careless: never gets here")
end

{:ok, supervisor} = Supervisor.start_link([Store, Buffer, Stubborn, Careless], strategy: :one_for_one)
for n <- 1..5, do: Buffer.add(n)

monitors =
  for name <- [Store, Buffer, Stubborn, Careless], into: %{} do
    {Process.monitor(name), name}
  end

Supervisor.stop(supervisor)

for _ <- monitors do
  receive do
    {:DOWN, ref, :process, _, reason} -> IO.puts("#{inspect(monitors[ref])} went down: #{inspect(reason)}")
  end
end
