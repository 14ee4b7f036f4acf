defmodule Bank.Application do
  @moduledoc "Starts the tree; opens the accounts that the configuration names."
  use Application

  @impl true
  def start(_type, _args) do
    children = [
      {Registry, keys: :unique, name: Bank.Names},
      {DynamicSupervisor, name: Bank.Accounts, strategy: :one_for_one},
      {Bank.Auditor, Application.get_env(:bank, Bank.Auditor, [])}
    ]

    with {:ok, supervisor} <- Supervisor.start_link(children, strategy: :rest_for_one, name: Bank.Supervisor) do
      for {owner, balance} <- Application.fetch_env!(:bank, :accounts), do: :ok = Bank.open(owner, balance)
      {:ok, supervisor}
    end
  end

  @impl true
  def prep_stop(state) do
    IO.puts("the bank closes with #{DynamicSupervisor.count_children(Bank.Accounts).active} accounts")
    state
  end

  @impl true
  def stop(_state), do: IO.puts("the bank is closed")
end
