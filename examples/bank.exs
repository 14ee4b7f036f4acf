# SPDX-License-Identifier: Apache-2.0
# Bank accounts, one process each. `with` strings the steps of a transfer together and stops at the first refusal.

defmodule BankAccount do
  use GenServer

  def start_link(opening_balance \\ 0) do
    GenServer.start_link(__MODULE__, opening_balance)
  end

  def balance(account), do: GenServer.call(account, :balance)
  def history(account), do: GenServer.call(account, :history)
  def deposit(account, amount) when amount > 0, do: GenServer.call(account, {:deposit, amount})
  def withdraw(account, amount) when amount > 0, do: GenServer.call(account, {:withdraw, amount})

  def transfer(from, to, amount) do
    with {:ok, _} <- withdraw(from, amount),
         {:ok, _} <- deposit(to, amount) do
      {:ok, "Transfer completed"}
    end
  end

  @impl true
  def init(opening_balance) do
    {:ok, %{balance: opening_balance, transactions: []}}
  end

  @impl true
  def handle_call(:balance, _from, state), do: {:reply, state.balance, state}
  def handle_call(:history, _from, state), do: {:reply, Enum.reverse(state.transactions), state}
  def handle_call({:deposit, amount}, _from, state), do: book(state, :deposit, amount, state.balance + amount)

  def handle_call({:withdraw, amount}, _from, %{balance: balance} = state) when balance < amount do
    {:reply, {:error, "Insufficient funds"}, state}
  end

  def handle_call({:withdraw, amount}, _from, state), do: book(state, :withdraw, amount, state.balance - amount)

  defp book(state, kind, amount, balance) do
    state = %{state | balance: balance, transactions: [{kind, amount} | state.transactions]}
    {:reply, {:ok, balance}, state}
  end
end

{:ok, alice} = BankAccount.start_link(100)
{:ok, bob} = BankAccount.start_link()

IO.inspect(BankAccount.deposit(alice, 50), label: "Alice deposits 50")
IO.inspect(BankAccount.transfer(alice, bob, 120), label: "Alice gives Bob 120")
IO.inspect(BankAccount.transfer(alice, bob, 120), label: "and once more")

try do
  BankAccount.deposit(alice, -5)
rescue
  error in FunctionClauseError -> IO.puts("a negative deposit: no clause of #{error.function}/#{error.arity}")
end

# Twenty processes move money to and fro at once. Each account books one thing at a time, so the sum stays.
1..20
|> Enum.map(fn n ->
  Task.async(fn ->
    if rem(n, 2) == 0, do: BankAccount.transfer(bob, alice, n), else: BankAccount.transfer(alice, bob, n)
  end)
end)
|> Enum.each(&Task.await/1)

IO.inspect(BankAccount.balance(alice) + BankAccount.balance(bob), label: "together")
IO.inspect(alice |> BankAccount.history() |> Enum.take(2), label: "Alice's first two")
