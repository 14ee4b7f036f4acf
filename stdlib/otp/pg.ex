# SPDX-License-Identifier: Apache-2.0
#
# :pg, named process groups, on one node. Invariants: the table named after the scope has one
# row {group, pids} per non-empty group, a process once per join; only the scope's server
# writes it; members that die leave.

defmodule :pg do
  @moduledoc "Distributed named process groups, of which this node has the only members."

  # -- client -----------------------------------------------------------------------------

  def start_link, do: start_link(:pg)

  def start_link(scope) when is_atom(scope),
    do: :gen_server.start_link({:local, scope}, :pg, [scope], [])

  def start(scope) when is_atom(scope), do: :gen_server.start({:local, scope}, :pg, [scope], [])

  def join(group, pids), do: join(:pg, group, pids)

  def join(scope, group, pids) when is_pid(pids) or is_list(pids) do
    :ok = local!(pids)
    :gen_server.call(scope, {:join_local, group, pids}, :infinity)
  end

  def leave(group, pids), do: leave(:pg, group, pids)

  def leave(scope, group, pids) when is_pid(pids) or is_list(pids) do
    :ok = local!(pids)
    :gen_server.call(scope, {:leave_local, group, pids}, :infinity)
  end

  defp local!(pid) when is_pid(pid) and node(pid) == node(), do: :ok

  defp local!(pids) when is_list(pids) do
    case Enum.find(pids, &(not (is_pid(&1) and node(&1) == node()))) do
      nil -> :ok
      other -> :erlang.error({:nolocal, other})
    end
  end

  defp local!(_), do: :erlang.error(:nolocal)

  def monitor_scope, do: monitor_scope(:pg)
  def monitor_scope(scope), do: :gen_server.call(scope, :monitor, :infinity)
  def monitor(group), do: monitor(:pg, group)
  def monitor(scope, group), do: :gen_server.call(scope, {:monitor, group}, :infinity)
  def demonitor(ref), do: demonitor(:pg, ref)

  def demonitor(scope, ref) do
    with :ok <- :gen_server.call(scope, {:demonitor, ref}, :infinity), do: flush(ref)
  end

  defp flush(ref) do
    receive do
      {^ref, verb, _group, _pids} when verb in [:join, :leave] -> flush(ref)
    after
      0 -> :ok
    end
  end

  def get_members(group), do: get_members(:pg, group)

  def get_members(scope, group) do
    case :ets.lookup(scope, group) do
      [{_, pids}] -> pids
      [] -> []
    end
  rescue
    ArgumentError -> []
  end

  def get_local_members(group), do: get_members(:pg, group)
  def get_local_members(scope, group), do: get_members(scope, group)
  def which_groups, do: which_groups(:pg)
  def which_groups(scope), do: :ets.select(scope, [{{:"$1", :_}, [], [:"$1"]}])
  def which_local_groups, do: which_groups(:pg)
  def which_local_groups(scope), do: which_groups(scope)

  # -- server: %{scope, members: %{pid => {ref, groups}}, watchers: %{ref => {pid, group | :all}}} ---

  def init([scope]) do
    :ets.new(scope, [:set, :protected, :named_table, read_concurrency: true])
    {:ok, %{scope: scope, members: %{}, watchers: %{}}}
  end

  def handle_call({:join_local, group, pids}, _from, state) do
    pids = List.wrap(pids)
    members = Enum.reduce(pids, state.members, &joined(&1, group, &2))
    :ets.insert(state.scope, {group, pids ++ get_members(state.scope, group)})
    tell(state, :join, group, pids)
    {:reply, :ok, %{state | members: members}}
  end

  def handle_call({:leave_local, group, pids}, _from, state) do
    {left, members} =
      Enum.reduce(List.wrap(pids), {[], state.members}, fn pid, {left, members} ->
        case members do
          %{^pid => {ref, groups}} ->
            if group in groups,
              do: {[pid | left], departed(pid, ref, List.delete(groups, group), members)},
              else: {left, members}

          _ ->
            {left, members}
        end
      end)

    if left == [] do
      {:reply, :not_joined, state}
    else
      remove(state.scope, group, left)
      tell(state, :leave, group, left)
      {:reply, :ok, %{state | members: members}}
    end
  end

  def handle_call(:monitor, {pid, _}, state) do
    ref = :erlang.monitor(:process, pid)
    {:reply, {ref, Map.new(:ets.tab2list(state.scope))}, put_in(state.watchers[ref], {pid, :all})}
  end

  def handle_call({:monitor, group}, {pid, _}, state) do
    ref = :erlang.monitor(:process, pid)
    members = get_members(state.scope, group)
    {:reply, {ref, members}, put_in(state.watchers[ref], {pid, {:group, group}})}
  end

  def handle_call({:demonitor, ref}, _from, state) do
    if is_map_key(state.watchers, ref) do
      :erlang.demonitor(ref, [:flush])
      {:reply, :ok, %{state | watchers: Map.delete(state.watchers, ref)}}
    else
      {:reply, false, state}
    end
  end

  def handle_cast(_msg, state), do: {:noreply, state}

  def handle_info({:DOWN, ref, _, _, _}, state) when is_map_key(state.watchers, ref),
    do: {:noreply, %{state | watchers: Map.delete(state.watchers, ref)}}

  def handle_info({:DOWN, _ref, _, pid, _}, state) do
    case Map.pop(state.members, pid) do
      {{_, groups}, members} ->
        for group <- groups do
          remove(state.scope, group, [pid])
          tell(state, :leave, group, [pid])
        end

        {:noreply, %{state | members: members}}

      {nil, _} ->
        {:noreply, state}
    end
  end

  def handle_info(_msg, state), do: {:noreply, state}

  def terminate(_reason, _state), do: :ok

  defp joined(pid, group, members) do
    case members do
      %{^pid => {ref, groups}} -> Map.put(members, pid, {ref, [group | groups]})
      _ -> Map.put(members, pid, {:erlang.monitor(:process, pid), [group]})
    end
  end

  defp departed(pid, ref, [], members) do
    :erlang.demonitor(ref, [:flush])
    Map.delete(members, pid)
  end

  defp departed(pid, ref, groups, members), do: Map.put(members, pid, {ref, groups})

  defp remove(scope, group, pids) do
    case get_members(scope, group) -- pids do
      [] -> :ets.delete(scope, group)
      rest -> :ets.insert(scope, {group, rest})
    end
  end

  defp tell(state, verb, group, pids) do
    for {ref, {pid, what}} <- state.watchers, what == :all or what == {:group, group},
        do: send(pid, {ref, verb, group, pids})
  end
end
