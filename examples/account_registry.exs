# SPDX-License-Identifier: Apache-2.0
# Accounts that come and go, found by number: a Registry for the names, a DynamicSupervisor for the processes.

defmodule Account do
  use GenServer, restart: :temporary

  def start_link({number, balance}) do
    GenServer.start_link(__MODULE__, balance, name: via(number))
  end

  def via(number), do: {:via, Registry, {AccountRegistry, number}}

  @impl true
  def init(balance), do: {:ok, balance}

  @impl true
  def handle_call(:balance, _from, balance), do: {:reply, balance, balance}
  def handle_call({:deposit, amount}, _from, balance), do: {:reply, balance + amount, balance + amount}
end

defmodule AccountManager do
  def open(number, balance \\ 0) do
    case DynamicSupervisor.start_child(AccountSupervisor, {Account, {number, balance}}) do
      {:ok, _pid} -> {:ok, number}
      {:error, {:already_started, _pid}} -> {:error, :number_taken}
    end
  end

  def find(number) do
    case Registry.lookup(AccountRegistry, number) do
      [{pid, _value}] -> {:ok, pid}
      [] -> {:error, :account_not_found}
    end
  end

  def balance(number), do: GenServer.call(Account.via(number), :balance)
  def deposit(number, amount), do: GenServer.call(Account.via(number), {:deposit, amount})

  def close(number) do
    with {:ok, pid} <- find(number) do
      ref = Process.monitor(pid)
      DynamicSupervisor.terminate_child(AccountSupervisor, pid)

      receive do
        {:DOWN, ^ref, :process, ^pid, reason} -> {:ok, reason}
      end
    end
  end

  # The registry forgets a dead process soon after its death: wait for that.
  def await_gone(number) do
    case find(number) do
      {:ok, _} -> Process.sleep(1) && await_gone(number)
      {:error, _} -> :gone
    end
  end
end

defmodule Subscribers do
  # A registry of duplicate keys is a bulletin board: everyone under one key gets the news.
  def join(topic), do: Registry.register(Topics, topic, [])

  def publish(topic, news) do
    Registry.dispatch(Topics, topic, fn entries ->
      for {pid, _} <- entries, do: send(pid, {topic, news})
    end)
  end
end

children = [
  {Registry, keys: :unique, name: AccountRegistry},
  {Registry, keys: :duplicate, name: Topics},
  {DynamicSupervisor, name: AccountSupervisor, strategy: :one_for_one}
]

{:ok, _} = Supervisor.start_link(children, strategy: :one_for_all)

IO.inspect(AccountManager.open("1001", 500))
IO.inspect(AccountManager.open("1002"))
IO.inspect(AccountManager.open("1001"))

IO.inspect(AccountManager.deposit("1002", 25))
IO.inspect({AccountManager.balance("1001"), AccountManager.balance("1002")})
IO.inspect(Registry.count(AccountRegistry), label: "registered")
IO.inspect(DynamicSupervisor.count_children(AccountSupervisor))

IO.inspect(AccountManager.close("1002"))
IO.inspect(AccountManager.await_gone("1002"))
IO.inspect(AccountManager.find("1002"))
IO.inspect(AccountManager.close("1002"))

try do
  AccountManager.balance("1002")
catch
  :exit, {reason, {GenServer, :call, _}} -> IO.inspect(reason, label: "calling a closed account")
end

{:ok, _} = Subscribers.join(:rates)
Subscribers.publish(:rates, 3.5)

receive do
  news -> IO.inspect(news)
end
