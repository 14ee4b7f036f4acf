# SPDX-License-Identifier: Apache-2.0
#
# :global, names for any term, on one node. Invariant: the table `:global_names` has one row
# {name, pid, monitor} per living registered process; the server alone writes it, and it
# is started by the first registration.

defmodule :global do
  @moduledoc "A name registry for the whole (one-node) system."

  @table :global_names
  @server :global_name_server

  # -- client -----------------------------------------------------------------------------

  def register_name(name, pid), do: register_name(name, pid, &:global.random_exit_name/3)

  def register_name(name, pid, _resolve) when is_pid(pid), do: call({:register, name, pid})

  def re_register_name(name, pid), do: call({:re_register, name, pid})
  def re_register_name(name, pid, _resolve), do: re_register_name(name, pid)

  def unregister_name(name) do
    case whereis_name(name) do
      :undefined -> :ok
      _ -> call({:unregister, name})
    end

    :ok
  end

  def whereis_name(name) do
    case :ets.whereis(@table) do
      :undefined -> :undefined
      table -> lookup(table, name)
    end
  end

  defp lookup(table, name) do
    case :ets.lookup(table, name) do
      [{_, pid, _}] -> if :erlang.is_process_alive(pid), do: pid, else: :undefined
      [] -> :undefined
    end
  end

  def send(name, msg) do
    case whereis_name(name) do
      :undefined ->
        exit({:badarg, {name, msg}})

      pid ->
        Kernel.send(pid, msg)
        pid
    end
  end

  def registered_names do
    case :ets.whereis(@table) do
      :undefined -> []
      table -> :ets.select(table, [{{:"$1", :_, :_}, [], [:"$1"]}])
    end
  end

  def sync, do: :ok
  def sync(_), do: :ok
  def info, do: %{names: registered_names()}
  def disconnect, do: []

  # -- locks ------------------------------------------------------------------------------

  def set_lock(id), do: set_lock(id, [node()], :infinity)
  def set_lock(id, nodes), do: set_lock(id, nodes, :infinity)

  def set_lock({resource, requester}, nodes, retries) do
    cond do
      call({:lock, resource, requester, self()}) -> true
      retries == 0 -> false
      true -> retry_lock({resource, requester}, nodes, retries)
    end
  end

  defp retry_lock(id, nodes, retries) do
    receive do
    after
      10 -> set_lock(id, nodes, if(retries == :infinity, do: :infinity, else: retries - 1))
    end
  end

  def del_lock(id), do: del_lock(id, [node()])
  def del_lock({resource, requester}, _nodes), do: call({:unlock, resource, requester})

  def trans(id, fun), do: trans(id, fun, [node()], :infinity)
  def trans(id, fun, nodes), do: trans(id, fun, nodes, :infinity)

  def trans(id, fun, nodes, retries) do
    if set_lock(id, nodes, retries) do
      try do
        fun.()
      after
        del_lock(id, nodes)
      end
    else
      :aborted
    end
  end

  # -- conflict resolution, kept for its names ----------------------------------------------

  def random_exit_name(_name, pid1, pid2) do
    :erlang.exit(pid2, :kill)
    pid1
  end

  def random_notify_name(name, pid1, pid2) do
    Kernel.send(pid2, {:global_name_conflict, name})
    pid1
  end

  def notify_all_name(name, pid1, pid2) do
    Kernel.send(pid1, {:global_name_conflict, name, pid2})
    Kernel.send(pid2, {:global_name_conflict, name, pid1})
    :none
  end

  # -- server -----------------------------------------------------------------------------

  def start_link, do: :gen_server.start_link({:local, @server}, :global, [], [])

  def start do
    case :gen_server.start({:local, @server}, :global, [], []) do
      {:ok, pid} -> pid
      {:error, {:already_started, pid}} -> pid
    end
  end

  def stop, do: :gen_server.stop(@server)

  defp call(request) do
    pid = with :undefined <- :erlang.whereis(@server), do: start()
    :gen_server.call(pid, request, :infinity)
  end

  def init([]) do
    :ets.new(@table, [:named_table, :protected, read_concurrency: true])
    {:ok, %{locks: %{}}}
  end

  def handle_call({:register, name, pid}, _from, state) do
    case :ets.lookup(@table, name) do
      [{_, old, _}] when old == pid -> {:reply, :no, state}
      [{_, old, ref}] -> {:reply, take_over(name, old, ref, pid), state}
      [] -> {:reply, if(only_name?(name, pid), do: insert(name, pid), else: :no), state}
    end
  end

  def handle_call({:re_register, name, pid}, _from, state) do
    drop(name)
    {:reply, insert(name, pid), state}
  end

  def handle_call({:unregister, name}, _from, state) do
    drop(name)
    {:reply, :ok, state}
  end

  def handle_call({:lock, resource, requester, pid}, _from, state) do
    case state.locks do
      %{^resource => {^requester, refs}} ->
        refs = [:erlang.monitor(:process, pid) | refs]
        {:reply, true, put_in(state.locks[resource], {requester, refs})}

      %{^resource => _} ->
        {:reply, false, state}

      _ ->
        refs = [:erlang.monitor(:process, pid)]
        {:reply, true, put_in(state.locks[resource], {requester, refs})}
    end
  end

  def handle_call({:unlock, resource, requester}, _from, state) do
    case state.locks do
      %{^resource => {^requester, [ref | refs]}} ->
        :erlang.demonitor(ref, [:flush])
        {:reply, true, %{state | locks: unlocked(state.locks, resource, requester, refs)}}

      _ ->
        {:reply, true, state}
    end
  end

  def handle_cast(_msg, state), do: {:noreply, state}

  def handle_info({:DOWN, ref, _, pid, _}, state) do
    :ets.match_delete(@table, {:_, pid, ref})

    locks =
      Enum.reduce(state.locks, state.locks, fn {resource, {requester, refs}}, locks ->
        if ref in refs,
          do: unlocked(locks, resource, requester, List.delete(refs, ref)),
          else: locks
      end)

    {:noreply, %{state | locks: locks}}
  end

  def handle_info(_msg, state), do: {:noreply, state}

  def terminate(_reason, _state), do: :ok
  def code_change(_old, state, _extra), do: {:ok, state}

  defp unlocked(locks, resource, _requester, []), do: Map.delete(locks, resource)
  defp unlocked(locks, resource, requester, refs), do: Map.put(locks, resource, {requester, refs})

  defp insert(name, pid) do
    :ets.insert(@table, {name, pid, :erlang.monitor(:process, pid)})
    :yes
  end

  # A process has one name, unless the environment of :kernel allows more.
  defp only_name?(name, pid) do
    case :ets.select(@table, [{{:"$1", pid, :_}, [], [:"$1"]}]) do
      [] ->
        true

      names ->
        allowed? = :application.get_env(:kernel, :global_multi_name_action) == {:ok, :allow}
        unless allowed?, do: :error_logger.error_msg(~c"global: ~w registered under several names: ~tw\n", [pid, [name | names]])
        allowed?
    end
  end

  # A process that died a moment ago may still hold its name.
  defp take_over(name, old, _ref, pid) do
    if :erlang.is_process_alive(old) do
      :no
    else
      drop(name)
      insert(name, pid)
    end
  end

  defp drop(name) do
    with [{_, _, ref}] <- :ets.lookup(@table, name) do
      :erlang.demonitor(ref, [:flush])
      :ets.delete(@table, name)
    end
  end
end
