# SPDX-License-Identifier: Apache-2.0
# What is shared by the processes of a run: the modules that wait (ExUnit.Server), and what each test process has
# left to undo (ExUnit.OnExitHandler). Invariant: callbacks run once, last registered first, after the test's
# supervisor is down.
defmodule ExUnit.Server do
  @moduledoc false
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
  def running?(), do: Process.whereis(__MODULE__) != nil
  def add_module(name, async?), do: GenServer.call(__MODULE__, {:add, name, async?})
  def add_async_module(name), do: add_module(name, true)
  def add_sync_module(name), do: add_module(name, false)

  # A run takes what is there when it starts.
  def modules_loaded(), do: :ok

  # {async, sync}, the last registered first.
  def take_modules(), do: GenServer.call(__MODULE__, :take)

  @impl true
  def init(_), do: {:ok, {[], []}}

  @impl true
  def handle_call({:add, name, true}, _from, {async, sync}), do: {:reply, :ok, {[name | List.delete(async, name)], sync}}
  def handle_call({:add, name, _}, _from, {async, sync}), do: {:reply, :ok, {async, [name | List.delete(sync, name)]}}
  def handle_call(:take, _from, state), do: {:reply, state, {[], []}}
end

defmodule ExUnit.OnExitHandler do
  @moduledoc false
  @table __MODULE__

  # The table belongs to a process of its own, so that it outlives whoever started ExUnit.
  def start_link(_), do: Agent.start_link(fn -> :ets.new(@table, [:public, :named_table]) end, name: __MODULE__)
  def child_spec(arg), do: %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}}

  def register(pid), do: :ets.insert(@table, {pid, nil, []})
  def registered?(pid), do: :ets.member(@table, pid)

  def add(pid, name, callback) do
    case :ets.lookup(@table, pid) do
      [{^pid, supervisor, entries}] -> :ets.insert(@table, {pid, supervisor, List.keystore(entries, name, 0, {name, callback})}) && :ok
      [] -> :error
    end
  end

  def get_supervisor(pid) do
    case :ets.lookup(@table, pid) do
      [{^pid, supervisor, _}] -> {:ok, supervisor}
      [] -> :error
    end
  end

  def put_supervisor(pid, supervisor), do: :ets.update_element(@table, pid, {2, supervisor})

  # Undoes what `pid` did; :ok or {kind, reason, stack} of the first that failed.
  def run(pid, timeout) do
    [{^pid, supervisor, entries}] = :ets.take(@table, pid)

    with :ok <- stop_supervisor(supervisor, timeout), do: run_callbacks(Enum.reverse(entries), timeout)
  end

  defp stop_supervisor(nil, _timeout), do: :ok

  defp stop_supervisor(supervisor, timeout) do
    ref = Process.monitor(supervisor)
    Process.exit(supervisor, :shutdown)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    after
      timeout ->
        stack = stacktrace(supervisor)
        Process.exit(supervisor, :kill)
        {:error, timeout_error(timeout, "supervisor shutdown"), stack}
    end
  end

  defp run_callbacks([], _timeout), do: :ok

  defp run_callbacks(entries, timeout) do
    parent = self()
    {pid, ref} = spawn_monitor(fn -> exit({:shutdown, {parent, run_all(entries, nil)}}) end)

    receive do
      {:DOWN, ^ref, _, ^pid, {:shutdown, {^parent, nil}}} -> :ok
      {:DOWN, ^ref, _, ^pid, {:shutdown, {^parent, failure}}} -> failure
      {:DOWN, ^ref, _, ^pid, reason} -> {{:EXIT, pid}, reason, []}
    after
      timeout ->
        stack = stacktrace(pid)
        Process.demonitor(ref, [:flush])
        Process.exit(pid, :kill)
        {:error, timeout_error(timeout, "on_exit callback"), stack}
    end
  end

  defp timeout_error(timeout, type), do: ExUnit.TimeoutError.exception(timeout: timeout, type: type)

  defp stacktrace(pid) do
    case Process.info(pid, :current_stacktrace) do
      {:current_stacktrace, stack} -> stack
      nil -> []
    end
  end

  defp run_all([], failure), do: failure

  defp run_all([{_name, callback} | rest], failure) do
    result = exec(callback)
    run_all(rest, failure || result)
  end

  defp exec(callback) do
    callback.()
    nil
  catch
    kind, reason -> {kind, Exception.normalize(kind, reason, __STACKTRACE__), __STACKTRACE__}
  end
end
