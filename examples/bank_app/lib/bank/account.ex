defmodule Bank.Account do
  @moduledoc "One account: a balance, which may fall below zero as far as the configuration allows."
  use GenServer, restart: :transient

  def start_link({owner, balance}), do: GenServer.start_link(__MODULE__, balance, name: via(owner))
  def balance(owner), do: GenServer.call(via(owner), :balance)
  def change(owner, amount), do: GenServer.call(via(owner), {:change, amount})

  defp via(owner), do: {:via, Registry, {Bank.Names, owner}}

  @impl true
  def init(balance), do: {:ok, balance}

  # Asked every time: the limit may change while the program runs.
  @impl true
  def handle_call({:change, amount}, _from, balance) do
    if balance + amount >= -Application.fetch_env!(:bank, :overdraft) do
      {:reply, {:ok, balance + amount}, balance + amount}
    else
      {:reply, {:error, :insufficient_funds}, balance}
    end
  end

  def handle_call(:balance, _from, balance), do: {:reply, balance, balance}
end
