# SPDX-License-Identifier: Apache-2.0
# A key-value store behind a GenServer, with every kind of callback: call, cast, info, continue and a time-out.

defmodule KVStore do
  use GenServer

  def start_link(opts) do
    GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  end

  def put(key, value), do: GenServer.cast(__MODULE__, {:put, key, value})
  def get(key, default \\ nil), do: GenServer.call(__MODULE__, {:get, key, default})
  def update(key, fun), do: GenServer.call(__MODULE__, {:update, key, fun})
  def delete(key), do: GenServer.cast(__MODULE__, {:delete, key})
  def keys, do: GenServer.call(__MODULE__, :keys)

  # A key that lives for `time` milliseconds.
  def put_for(key, value, time), do: GenServer.cast(__MODULE__, {:put_for, key, value, time})

  @impl true
  def init(opts), do: {:ok, %{}, {:continue, {:load, Keyword.get(opts, :seed, [])}}}

  @impl true
  def handle_continue({:load, pairs}, _state), do: {:noreply, Map.new(pairs)}

  @impl true
  def handle_call({:get, key, default}, _from, state), do: {:reply, Map.get(state, key, default), state}
  def handle_call(:keys, _from, state), do: {:reply, state |> Map.keys() |> Enum.sort(), state}

  def handle_call({:update, key, fun}, _from, state) do
    case state do
      %{^key => old} -> {:reply, {:ok, fun.(old)}, %{state | key => fun.(old)}}
      %{} -> {:reply, :error, state}
    end
  end

  @impl true
  def handle_cast({:put, key, value}, state), do: {:noreply, Map.put(state, key, value)}
  def handle_cast({:delete, key}, state), do: {:noreply, Map.delete(state, key)}

  def handle_cast({:put_for, key, value, time}, state) do
    Process.send_after(self(), {:expire, key}, time)
    {:noreply, Map.put(state, key, value)}
  end

  @impl true
  def handle_info({:expire, key}, state) do
    IO.puts("#{inspect(key)} expired")
    {:noreply, Map.delete(state, key)}
  end
end

{:ok, _} = KVStore.start_link(seed: [language: "Elixir", year: 2012])

IO.inspect(KVStore.get(:language))
IO.inspect(KVStore.get(:nothing))
IO.inspect(KVStore.get(:nothing, :default))

KVStore.put("any term", [1, 2, 3])
KVStore.put({:a, :tuple}, %{nested: true})
IO.inspect(KVStore.get({:a, :tuple}))
IO.inspect(KVStore.update(:year, &(&1 + 10)))
IO.inspect(KVStore.update(:month, &(&1 + 10)))
IO.inspect(KVStore.keys())

KVStore.delete("any term")
KVStore.put_for(:session, "token", 200)
IO.inspect(KVStore.get(:session))
Process.sleep(400)
IO.inspect(KVStore.get(:session, :gone))
IO.inspect(KVStore.keys())
