# SPDX-License-Identifier: Apache-2.0
# flags: --virtual-time
# An error kernel: what must not be lost lives in a process so simple that it cannot fail. What may fail is done
# elsewhere, in a process that takes its work from the kernel, puts results there, and may die at any line.

Logger.configure(level: :none)

defmodule Ledger do
  # The kernel. It only stores: no parsing, no arithmetic on what came from outside.
  use GenServer

  def start_link(jobs), do: GenServer.start_link(__MODULE__, jobs, name: __MODULE__)
  def next, do: GenServer.call(__MODULE__, :next)
  def done(job, result), do: GenServer.call(__MODULE__, {:done, job, result})
  def report, do: GenServer.call(__MODULE__, :report)

  @impl true
  def init(jobs), do: {:ok, %{waiting: jobs, running: nil, done: [], failed: []}}

  # A job that is still running when the worker asks again has killed the worker: it is put aside.
  @impl true
  def handle_call(:next, from, %{running: job} = state) when job != nil do
    handle_call(:next, from, %{state | running: nil, failed: [job | state.failed]})
  end

  def handle_call(:next, _from, %{waiting: []} = state), do: {:reply, :nothing, state}

  def handle_call(:next, _from, %{waiting: [job | rest]} = state) do
    {:reply, {:job, job}, %{state | waiting: rest, running: job}}
  end

  def handle_call({:done, job, result}, _from, %{running: job} = state) do
    {:reply, :ok, %{state | running: nil, done: [{job, result} | state.done]}}
  end

  def handle_call(:report, _from, state) do
    {:reply, %{done: Enum.reverse(state.done), failed: Enum.reverse(state.failed)}, state}
  end
end

defmodule Calculator do
  # The part that may crash. It has no state of its own, so a restart loses nothing.
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [])

  @impl true
  def init(_), do: {:ok, nil, {:continue, :work}}

  @impl true
  def handle_continue(:work, state) do
    case Ledger.next() do
      {:job, job} ->
        Ledger.done(job, compute(job))
        {:noreply, state, {:continue, :work}}

      :nothing ->
        {:noreply, state}
    end
  end

  # "6 * 7" is 42; all else ends in a MatchError, an ArithmeticError, a FunctionClauseError …
  defp compute(job) do
    [left, operator, right] = String.split(job)
    calculate(operator, String.to_integer(left), String.to_integer(right))
  end

  defp calculate("+", a, b), do: a + b
  defp calculate("*", a, b), do: a * b
  defp calculate("/", a, b), do: div(a, b)
end

jobs = ["6 * 7", "1 / 0", "2 + 2", "seven + 1", "8 / 2", "1 +", "3 ^ 3", "100 / 7"]

# The kernel first: with :rest_for_one the calculator's death does not touch it, its own would restart both.
children = [{Ledger, jobs}, Calculator]
{:ok, _} = Supervisor.start_link(children, strategy: :rest_for_one, max_restarts: 10)

kernel = Process.whereis(Ledger)
Process.sleep(200)

report = Ledger.report()
for {job, result} <- report.done, do: IO.puts("#{job} = #{result}")
IO.inspect(report.failed, label: "failed")
IO.inspect(Process.whereis(Ledger) == kernel, label: "the kernel is the same process")
