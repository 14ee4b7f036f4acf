defmodule WorkerPool.Hasher do
  @moduledoc "A worker: hashes a text again and again, one request at a time."
  use GenServer
  @behaviour :poolboy_worker

  @impl :poolboy_worker
  def start_link(opts), do: GenServer.start_link(__MODULE__, opts)

  def hash(worker, text), do: GenServer.call(worker, {:hash, text})

  @impl true
  def init(opts), do: {:ok, %{rounds: opts[:rounds], done: 0}}

  @impl true
  def handle_call({:hash, :crash}, _from, _state), do: exit(:shutdown)

  def handle_call({:hash, text}, _from, state) do
    hash = Enum.reduce(1..state.rounds, text, fn _, acc -> Integer.to_string(:erlang.phash2(acc), 36) end)
    {:reply, hash, %{state | done: state.done + 1}}
  end
end
