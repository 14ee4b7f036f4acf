defmodule Bank.Auditor do
  @moduledoc "Adds up what is moved; its options come from the configuration."
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def note(from, to, amount), do: GenServer.cast(__MODULE__, {:note, from, to, amount})
  def report, do: GenServer.call(__MODULE__, :report)

  @impl true
  def init(opts), do: {:ok, %{limit: Keyword.get(opts, :limit, 1_000), interval: opts[:interval], moved: 0}}

  @impl true
  def handle_cast({:note, _from, _to, amount}, state), do: {:noreply, %{state | moved: state.moved + amount}}

  @impl true
  def handle_call(:report, _from, state), do: {:reply, {state.moved, state.moved > state.limit, state.interval}, state}
end
