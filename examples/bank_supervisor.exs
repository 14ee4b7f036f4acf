# SPDX-License-Identifier: Apache-2.0
# A supervisor restarts a crashed account. Its neighbours never notice; its own state starts afresh.

# This program crashes on purpose: keep the reports of that out of the output.
Logger.configure(level: :none)

defmodule Account do
  use GenServer

  def start_link({name, balance}) do
    GenServer.start_link(__MODULE__, {name, balance}, name: name)
  end

  def child_spec({name, _} = arg) do
    %{id: name, start: {__MODULE__, :start_link, [arg]}, restart: :permanent}
  end

  def balance(name), do: GenServer.call(name, :balance)
  def deposit(name, amount), do: GenServer.call(name, {:deposit, amount})
  def audit(name), do: GenServer.call(name, :audit)

  @impl true
  def init({_name, balance}), do: {:ok, balance}

  @impl true
  def handle_call(:balance, _from, balance), do: {:reply, balance, balance}
  def handle_call({:deposit, amount}, _from, balance), do: {:reply, :ok, balance + amount}
  def handle_call(:audit, _from, balance), do: {:reply, div(balance, 0), balance}
end

defmodule Bank do
  use Supervisor

  def start_link(accounts), do: Supervisor.start_link(__MODULE__, accounts, name: __MODULE__)

  @impl true
  def init(accounts) do
    Supervisor.init(Enum.map(accounts, &{Account, &1}), strategy: :one_for_one, max_restarts: 5)
  end

  # Runs `fun`, which must kill `pid`; returns the reason that a monitor of `pid` is told.
  def watch(pid, fun) do
    ref = Process.monitor(pid)
    fun.()

    receive do
      {:DOWN, ^ref, :process, ^pid, reason} -> reason
    end
  end

  # Waits until `name` is registered by another process than `old`.
  def await_restart(name, old) do
    case Process.whereis(name) do
      pid when is_pid(pid) and pid != old -> pid
      _ -> Process.sleep(1) && await_restart(name, old)
    end
  end
end

{:ok, bank} = Bank.start_link(savings: 100, current: 20)
IO.inspect(Supervisor.count_children(bank))

Account.deposit(:savings, 11)
Account.deposit(:current, 5)
IO.puts("savings #{Account.balance(:savings)}, current #{Account.balance(:current)}")

victim = Process.whereis(:savings)
bystander = Process.whereis(:current)

{error, _stack} =
  Bank.watch(victim, fn ->
    try do
      Account.audit(:savings)
    catch
      :exit, {{error, _stack}, {GenServer, :call, [name | _]}} ->
        IO.puts("the audit of #{name} failed: #{inspect(error)}")
    end
  end)

IO.puts("the monitor saw it: #{inspect(error)}")

Bank.await_restart(:savings, victim)
IO.puts("savings #{Account.balance(:savings)}, current #{Account.balance(:current)}")
IO.puts("the other account is the same process: #{Process.whereis(:current) == bystander}")

# A kill is a crash like any other.
victim = Process.whereis(:current)
Process.exit(victim, :kill)
Bank.await_restart(:current, victim)
IO.puts("current #{Account.balance(:current)}")

for {id, pid, type, modules} <- Enum.sort(Supervisor.which_children(bank)) do
  IO.inspect({id, Process.alive?(pid), type, modules})
end

Supervisor.stop(bank)
IO.inspect(Process.whereis(:savings), label: "after the bank closed")
