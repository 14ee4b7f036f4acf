# SPDX-License-Identifier: Apache-2.0
# A pool of connections: workers under a supervisor, and a manager that lends them out and takes them back,
# even from a borrower that dies. Who finds the pool empty waits in line.

Logger.configure(level: :none)

defmodule Connection do
  use GenServer

  def start_link(number), do: GenServer.start_link(__MODULE__, number)
  def query(pid, text), do: GenServer.call(pid, {:query, text})

  @impl true
  def init(number), do: {:ok, %{number: number, queries: 0}}

  @impl true
  def handle_call({:query, text}, _from, state) do
    {:reply, "connection #{state.number}: #{String.upcase(text)}", %{state | queries: state.queries + 1}}
  end
end

defmodule Pool do
  use GenServer

  def start_link(size), do: GenServer.start_link(__MODULE__, size, name: __MODULE__)
  def checkout, do: GenServer.call(__MODULE__, :checkout)
  def checkin(pid), do: GenServer.cast(__MODULE__, {:checkin, pid})
  def status, do: GenServer.call(__MODULE__, :status)

  # Waits until the status is `wanted`.
  def await(wanted) do
    if status() == wanted, do: wanted, else: Process.sleep(1) && await(wanted)
  end

  def transaction(fun) do
    pid = checkout()

    try do
      fun.(pid)
    after
      checkin(pid)
    end
  end

  @impl true
  def init(size) do
    children = for n <- 1..size, do: Supervisor.child_spec({Connection, n}, id: {:connection, n})
    {:ok, supervisor} = Supervisor.start_link(children, strategy: :one_for_one)

    free =
      supervisor
      |> Supervisor.which_children()
      |> Enum.sort()
      |> Enum.map(fn {_id, pid, _type, _modules} -> pid end)

    {:ok, %{free: free, lent: %{}, waiting: :queue.new()}}
  end

  @impl true
  def handle_call(:checkout, from, %{free: []} = state) do
    {:noreply, %{state | waiting: :queue.in(from, state.waiting)}}
  end

  def handle_call(:checkout, from, %{free: [pid | free]} = state) do
    {:reply, pid, lend(%{state | free: free}, pid, from)}
  end

  def handle_call(:status, _from, state) do
    {:reply, %{free: length(state.free), lent: map_size(state.lent), waiting: :queue.len(state.waiting)}, state}
  end

  @impl true
  def handle_cast({:checkin, pid}, state) do
    {{ref, ^pid}, lent} = pop_lent(state.lent, fn {_ref, lent} -> lent == pid end)
    Process.demonitor(ref, [:flush])
    {:noreply, give_back(%{state | lent: lent}, pid)}
  end

  @impl true
  def handle_info({:DOWN, ref, :process, _borrower, _reason}, state) do
    {pid, lent} = Map.pop!(state.lent, ref)
    {:noreply, give_back(%{state | lent: lent}, pid)}
  end

  defp lend(state, pid, {borrower, _tag}) do
    %{state | lent: Map.put(state.lent, Process.monitor(borrower), pid)}
  end

  defp give_back(state, pid) do
    case :queue.out(state.waiting) do
      {{:value, from}, waiting} ->
        GenServer.reply(from, pid)
        lend(%{state | waiting: waiting}, pid, from)

      {:empty, _} ->
        %{state | free: [pid | state.free]}
    end
  end

  defp pop_lent(lent, fun) do
    {ref, pid} = Enum.find(lent, fun)
    {{ref, pid}, Map.delete(lent, ref)}
  end
end

{:ok, _} = Pool.start_link(2)
IO.inspect(Pool.status())

IO.puts(Pool.transaction(&Connection.query(&1, "select one")))

first = Pool.checkout()
second = Pool.checkout()
IO.puts(Connection.query(second, "select two"))
IO.inspect(Pool.status())

# The pool is empty: this task stands in line until a connection comes back.
task = Task.async(fn -> Pool.transaction(&Connection.query(&1, "late")) end)
IO.inspect(Pool.await(%{free: 0, lent: 2, waiting: 1}))
Pool.checkin(first)
IO.puts(Task.await(task))

# A borrower that dies gives back what it held.
{:ok, borrower} =
  Task.start(fn ->
    Pool.checkout()
    raise "dies with a connection in its hands"
  end)

ref = Process.monitor(borrower)

receive do
  {:DOWN, ^ref, _, _, {%RuntimeError{message: message}, _}} -> IO.puts("the borrower " <> message)
end

Pool.checkin(second)
IO.inspect(Pool.await(%{free: 2, lent: 0, waiting: 0}))

# Ten users of two connections, one after the other in line.
answers =
  1..10
  |> Enum.map(fn n -> Task.async(fn -> Pool.transaction(&Connection.query(&1, "user #{n}")) end) end)
  |> Enum.map(&Task.await/1)

IO.puts("#{length(answers)} answers, #{answers |> Enum.uniq() |> length()} of them different")
IO.inspect(Pool.await(%{free: 2, lent: 0, waiting: 0}))
