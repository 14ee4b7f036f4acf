defmodule Bank do
  @moduledoc "What callers use. Accounts are processes, found by the name of their owner."

  alias Bank.Account

  # Known when the file is compiled; to change it means to compile again.
  @currency Application.compile_env(:bank, :currency)

  @doc "Opens an account; an owner has at most one."
  def open(owner, balance \\ 0) do
    case DynamicSupervisor.start_child(Bank.Accounts, {Account, {owner, balance}}) do
      {:ok, _pid} -> :ok
      {:error, {:already_started, _pid}} -> {:error, :exists}
    end
  end

  @doc "Closes an account and returns what was on it."
  def close(owner) do
    with [{pid, _}] <- Registry.lookup(Bank.Names, owner) do
      balance = Account.balance(owner)
      :ok = DynamicSupervisor.terminate_child(Bank.Accounts, pid)
      {:ok, balance}
    else
      [] -> {:error, :no_account}
    end
  end

  @doc "Moves an amount from one account to another, or does nothing."
  def transfer(from, to, amount) when amount > 0 do
    with [_] <- Registry.lookup(Bank.Names, to),
         {:ok, _} <- Account.change(from, -amount) do
      Account.change(to, amount)
      Bank.Auditor.note(from, to, amount)
      :ok
    else
      [] -> {:error, :no_account}
      {:error, reason} -> {:error, reason}
    end
  end

  @doc "The balance as text."
  def balance(owner), do: "#{Account.balance(owner)} #{@currency}"
end
