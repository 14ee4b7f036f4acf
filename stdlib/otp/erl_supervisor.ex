# SPDX-License-Identifier: Apache-2.0
#
# :supervisor, the server behind Supervisor.
# Invariants: children are started in the order given and stopped in the reverse; at any time
# every child of the state is running, restarting or has no process; more than `intensity`
# restarts within `period` seconds end the supervisor, which takes all its children with it.

defmodule :supervisor do
  @moduledoc "The generic supervisor."

  @callback init(args :: term) :: {:ok, {flags :: map | tuple, children :: [map | tuple]}} | :ignore

  # State: a map; `ids` has the youngest child first, `children` maps an id to its child,
  # `pids` a running pid to its id. A simple_one_for_one supervisor has one template child
  # under its id and its processes in `pids`, each with the arguments it was started with.

  # -- client -----------------------------------------------------------------------------

  def start_link(mod, args), do: :gen_server.start_link(:supervisor, {:self, mod, args}, [])

  def start_link(name, mod, args),
    do: :gen_server.start_link(name, :supervisor, {name, mod, args}, [])

  def start_child(sup, spec), do: call(sup, {:start_child, spec})
  def restart_child(sup, id), do: call(sup, {:restart_child, id})
  def delete_child(sup, id), do: call(sup, {:delete_child, id})
  def terminate_child(sup, id), do: call(sup, {:terminate_child, id})
  def get_childspec(sup, id), do: call(sup, {:get_childspec, id})
  def which_children(sup), do: call(sup, :which_children)
  def count_children(sup), do: call(sup, :count_children)
  def get_callback_module(pid), do: call(pid, :get_callback_module)

  def check_childspecs(specs), do: check_childspecs(specs, :undefined)

  def check_childspecs(_specs, auto_shutdown) when auto_shutdown not in [:undefined, :never, :any_significant, :all_significant],
    do: {:error, {:badarg, auto_shutdown}}

  def check_childspecs(specs, auto_shutdown) do
    auto = if auto_shutdown == :undefined, do: :any_significant, else: auto_shutdown

    case check_specs(specs, auto) do
      {:ok, _, _} -> :ok
      {:error, reason} -> {:error, reason}
    end
  end

  defp call(sup, request), do: :gen_server.call(sup, request, :infinity)

  # -- start ------------------------------------------------------------------------------

  def init({name, mod, args}) do
    :erlang.process_flag(:trap_exit, true)

    case mod.init(args) do
      {:ok, {flags, specs}} ->
        with {:ok, state} <- check_flags(flags),
             state = Map.merge(state, %{name: sup_name(name, mod), module: mod, args: args}),
             {:ok, state} <- add_specs(state, specs) do
          start_all(state)
        else
          {:error, reason} -> {:stop, reason}
        end

      :ignore ->
        :ignore

      other ->
        {:stop, {:bad_return, {mod, :init, other}}}
    end
  end

  defp sup_name(:self, mod), do: {self(), mod}
  defp sup_name(name, _), do: name

  defp add_specs(%{strategy: :simple_one_for_one} = state, [spec]) do
    case check_spec(spec, :never) do
      {:ok, child} -> {:ok, %{state | ids: [child.id], children: %{child.id => child}}}
      {:error, reason} -> {:error, {:start_spec, reason}}
    end
  end

  defp add_specs(%{strategy: :simple_one_for_one}, specs),
    do: {:error, {:bad_start_spec, specs}}

  defp add_specs(state, specs) do
    case check_specs(specs, state.auto_shutdown) do
      {:ok, ids, children} -> {:ok, %{state | ids: ids, children: children}}
      {:error, reason} -> {:error, {:start_spec, reason}}
    end
  end

  defp start_all(%{strategy: :simple_one_for_one} = state), do: {:ok, state}

  defp start_all(state) do
    case start_children(Enum.reverse(state.ids), state) do
      {:ok, state} ->
        {:ok, state}

      {:error, id, reason, state} ->
        terminate_children(state.ids, state)
        {:stop, {:shutdown, {:failed_to_start_child, id, reason}}}
    end
  end

  defp start_children([], state), do: {:ok, state}

  defp start_children([id | ids], state) do
    child = Map.fetch!(state.children, id)

    case start_child_process(child.start) do
      {:ok, pid} ->
        progress(child, pid, state)
        start_children(ids, started(state, child, pid))

      {:ok, pid, _extra} ->
        start_children(ids, started(state, child, pid))

      {:error, reason} ->
        report(:start_error, reason, child, state)
        {:error, id, reason, state}
    end
  end

  defp started(state, %{restart: :temporary} = child, :undefined), do: forget(state, child)

  defp started(state, child, pid) do
    pids = if is_pid(pid), do: Map.put(state.pids, pid, child.id), else: state.pids
    :phial_restarts.started(child.id)
    %{state | children: Map.put(state.children, child.id, %{child | pid: pid}), pids: pids}
  end

  defp start_child_process(mfa) do
    case caught(mfa) do
      {:ok, pid} when is_pid(pid) -> {:ok, pid}
      {:ok, pid, extra} when is_pid(pid) -> {:ok, pid, extra}
      :ignore -> {:ok, :undefined}
      {:error, reason} -> {:error, reason}
      other -> {:error, other}
    end
  end

  # As Erlang's `catch`: a thrown value counts as a returned one.
  defp caught({m, f, a}) do
    apply(m, f, a)
  catch
    :throw, value -> value
    :exit, reason -> {:EXIT, reason}
    :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
  end

  # -- flags and specifications -----------------------------------------------------------

  defp check_flags({strategy, intensity, period}),
    do: check_flags(%{strategy: strategy, intensity: intensity, period: period})

  defp check_flags(flags) when is_map(flags) do
    state = %{
      strategy: Map.get(flags, :strategy, :one_for_one),
      intensity: Map.get(flags, :intensity, 1),
      period: Map.get(flags, :period, 5),
      auto_shutdown: Map.get(flags, :auto_shutdown, :never),
      ids: [],
      children: %{},
      pids: %{},
      restarts: []
    }

    case state do
      %{strategy: s} when s not in [:one_for_one, :one_for_all, :rest_for_one, :simple_one_for_one] ->
        {:error, {:supervisor_data, {:invalid_strategy, s}}}

      %{intensity: i} when not is_integer(i) or i < 0 ->
        {:error, {:supervisor_data, {:invalid_intensity, i}}}

      %{period: p} when not is_integer(p) or p <= 0 ->
        {:error, {:supervisor_data, {:invalid_period, p}}}

      %{auto_shutdown: a} when a not in [:never, :any_significant, :all_significant] ->
        {:error, {:supervisor_data, {:invalid_auto_shutdown, a}}}

      %{strategy: :simple_one_for_one, auto_shutdown: a} when a != :never ->
        {:error,
         {:supervisor_data,
          {:bad_combination, [auto_shutdown: a, strategy: :simple_one_for_one]}}}

      _ ->
        {:ok, state}
    end
  end

  defp check_flags(other), do: {:error, {:supervisor_data, {:invalid_type, other}}}

  defp check_specs(specs, auto_shutdown) when is_list(specs),
    do: check_specs(specs, auto_shutdown, [], %{})

  defp check_specs(other, _), do: {:error, {:badarg, other}}

  defp check_specs([], _auto, ids, children), do: {:ok, ids, children}

  defp check_specs([spec | specs], auto, ids, children) do
    case check_spec(spec, auto) do
      {:ok, %{id: id}} when is_map_key(children, id) -> {:error, {:duplicate_child_name, id}}
      {:ok, child} -> check_specs(specs, auto, [child.id | ids], Map.put(children, child.id, child))
      {:error, reason} -> {:error, reason}
    end
  end

  defp check_spec({id, start, restart, shutdown, type, modules}, auto) do
    check_spec(
      %{id: id, start: start, restart: restart, shutdown: shutdown, type: type, modules: modules},
      auto
    )
  end

  defp check_spec(spec, _) when not is_map(spec), do: {:error, {:invalid_child_spec, spec}}
  defp check_spec(spec, _) when not is_map_key(spec, :id), do: {:error, :missing_id}
  defp check_spec(spec, _) when not is_map_key(spec, :start), do: {:error, :missing_start}

  defp check_spec(%{start: {m, f, a}} = spec, auto) when is_atom(m) and is_atom(f) and is_list(a) do
    type = Map.get(spec, :type, :worker)

    check_child(
      %{
        id: spec.id,
        start: spec.start,
        restart: Map.get(spec, :restart, :permanent),
        significant: Map.get(spec, :significant, false),
        shutdown: Map.get(spec, :shutdown, if(type == :worker, do: 5000, else: :infinity)),
        type: type,
        modules: Map.get(spec, :modules, [m]),
        pid: :undefined
      },
      auto
    )
  end

  defp check_spec(spec, _), do: {:error, {:invalid_mfa, spec.start}}

  defp check_child(%{type: t}, _) when t not in [:worker, :supervisor],
    do: {:error, {:invalid_child_type, t}}

  defp check_child(%{restart: r}, _) when r not in [:permanent, :transient, :temporary],
    do: {:error, {:invalid_restart_type, r}}

  defp check_child(%{significant: s}, _) when not is_boolean(s),
    do: {:error, {:invalid_significant, s}}

  defp check_child(%{significant: true, restart: :permanent}, auto) when auto != :never,
    do: {:error, {:bad_combination, [restart: :permanent, significant: true]}}

  defp check_child(%{significant: true}, :never),
    do: {:error, {:bad_combination, [auto_shutdown: :never, significant: true]}}

  defp check_child(%{shutdown: s}, _)
       when s not in [:infinity, :brutal_kill] and not (is_integer(s) and s >= 0),
       do: {:error, {:invalid_shutdown, s}}

  defp check_child(%{modules: m} = child, _) do
    wrong = is_list(m) && Enum.reject(m, &is_atom/1)

    cond do
      m == :dynamic or wrong == [] -> {:ok, child}
      is_list(m) -> {:error, {:invalid_module, hd(wrong)}}
      true -> {:error, {:invalid_modules, m}}
    end
  end

  # -- requests ---------------------------------------------------------------------------

  def handle_call({:start_child, extra}, _from, %{strategy: :simple_one_for_one} = state) do
    child = template(state)
    {m, f, a} = child.start
    args = a ++ extra

    case start_child_process({m, f, args}) do
      {:ok, :undefined} -> {:reply, {:ok, :undefined}, state}
      {:ok, pid} -> {:reply, {:ok, pid}, put_in(state.pids[pid], args)}
      {:ok, pid, info} -> {:reply, {:ok, pid, info}, put_in(state.pids[pid], args)}
      {:error, reason} -> {:reply, {:error, reason}, state}
    end
  end

  def handle_call({:start_child, spec}, _from, state) do
    case check_spec(spec, state.auto_shutdown) do
      {:ok, child} -> add_child(child, state)
      {:error, reason} -> {:reply, {:error, reason}, state}
    end
  end

  def handle_call(:which_children, _from, %{strategy: :simple_one_for_one} = state) do
    %{type: type, modules: modules} = template(state)

    list =
      for {pid, _} <- state.pids do
        {:undefined, if(is_pid(pid), do: pid, else: :restarting), type, modules}
      end

    {:reply, list, state}
  end

  def handle_call(:which_children, _from, state) do
    list =
      for id <- state.ids do
        %{pid: pid, type: type, modules: modules} = Map.fetch!(state.children, id)
        {id, shown_pid(pid), type, modules}
      end

    {:reply, list, state}
  end

  def handle_call(:count_children, _from, %{strategy: :simple_one_for_one} = state) do
    count = map_size(state.pids)
    active = Enum.count(state.pids, fn {pid, _} -> is_pid(pid) end)
    supervisor? = template(state).type == :supervisor

    {:reply,
     [
       specs: 1,
       active: active,
       supervisors: if(supervisor?, do: count, else: 0),
       workers: if(supervisor?, do: 0, else: count)
     ], state}
  end

  def handle_call(:count_children, _from, state) do
    children = Map.values(state.children)
    supervisors = Enum.count(children, &(&1.type == :supervisor))

    {:reply,
     [
       specs: length(children),
       active: Enum.count(children, &is_pid(&1.pid)),
       supervisors: supervisors,
       workers: length(children) - supervisors
     ], state}
  end

  def handle_call(:get_callback_module, _from, state), do: {:reply, state.module, state}

  def handle_call({:terminate_child, pid}, _from, %{strategy: :simple_one_for_one} = state) do
    case state.pids do
      %{^pid => _} ->
        stop_process(%{template(state) | pid: pid}, state)
        {:reply, :ok, dropped(state, pid)}

      _ ->
        reason = if is_pid(pid), do: :not_found, else: :simple_one_for_one
        {:reply, {:error, reason}, state}
    end
  end

  def handle_call({:get_childspec, pid}, _from, %{strategy: :simple_one_for_one} = state) when is_map_key(state.pids, pid),
    do: {:reply, {:ok, Map.delete(template(state), :pid)}, state}

  def handle_call({request, _id}, _from, %{strategy: :simple_one_for_one} = state)
      when request in [:restart_child, :delete_child],
      do: {:reply, {:error, :simple_one_for_one}, state}

  def handle_call({request, id}, _from, state) do
    case Map.get(state.children, id) do
      nil -> {:reply, {:error, :not_found}, state}
      child -> child_request(request, child, state)
    end
  end

  defp add_child(%{id: id}, %{children: children} = state) when is_map_key(children, id) do
    case children do
      %{^id => %{pid: :undefined}} -> {:reply, {:error, :already_present}, state}
      %{^id => %{pid: pid}} -> {:reply, {:error, {:already_started, pid}}, state}
    end
  end

  defp add_child(child, state) do
    case start_child_process(child.start) do
      {:ok, pid} ->
        progress(child, pid, state)
        {:reply, {:ok, pid}, started(insert(state, child), kept(child), pid)}

      {:ok, pid, extra} ->
        {:reply, {:ok, pid, extra}, started(insert(state, child), kept(child), pid)}

      {:error, reason} ->
        {:reply, {:error, {reason, record(child)}}, state}
    end
  end

  defp insert(state, %{id: id} = child),
    do: %{state | ids: [id | state.ids], children: Map.put(state.children, id, child)}

  # What is never started again keeps no arguments.
  defp kept(%{restart: :temporary, start: {m, f, _}} = child), do: %{child | start: {m, f, :undefined}}
  defp kept(child), do: child

  defp child_request(:get_childspec, child, state),
    do: {:reply, {:ok, Map.delete(child, :pid)}, state}

  defp child_request(:terminate_child, child, state) do
    {:reply, :ok, stopped(stop_process(child, state), child)}
  end

  defp child_request(:delete_child, %{pid: :undefined} = child, state),
    do: {:reply, :ok, forget(state, child)}

  defp child_request(:delete_child, child, state), do: {:reply, busy(child), state}

  defp child_request(:restart_child, %{pid: :undefined} = child, state) do
    case start_child_process(child.start) do
      {:ok, pid} ->
        {:reply, {:ok, pid}, started(state, child, pid)}

      {:ok, pid, extra} ->
        {:reply, {:ok, pid, extra}, started(state, child, pid)}

      {:error, reason} ->
        {:reply, {:error, reason}, state}
    end
  end

  defp child_request(:restart_child, child, state), do: {:reply, busy(child), state}

  defp busy(%{pid: {:restarting, _}}), do: {:error, :restarting}
  defp busy(_), do: {:error, :running}

  defp shown_pid({:restarting, _}), do: :restarting
  defp shown_pid(pid), do: pid

  # The record Erlang's supervisor shows in errors.
  defp record(c) do
    {:child, c.pid, c.id, c.start, c.restart, c.significant, c.shutdown, c.type, c.modules}
  end

  defp template(%{ids: [id], children: children}), do: Map.fetch!(children, id)

  # -- exits and restarts -----------------------------------------------------------------

  def handle_cast({:try_again_restart, id}, state) do
    case state.children do
      %{^id => %{pid: {:restarting, _}} = child} -> restart_counted(child, state)
      _ -> {:noreply, state}
    end
  end

  def handle_cast({:try_again_dynamic, key}, state) do
    case state.pids do
      %{^key => args} -> restart_dynamic(key, args, template(state), state)
      _ -> {:noreply, state}
    end
  end

  def handle_info({:EXIT, pid, reason}, %{strategy: :simple_one_for_one} = state) do
    case state.pids do
      %{^pid => args} -> dynamic_exit(pid, args, reason, dynamic(pid, args, state), state)
      _ -> {:noreply, state}
    end
  end

  def handle_info({:EXIT, pid, reason}, state) do
    case state.pids do
      %{^pid => id} -> child_exit(Map.fetch!(state.children, id), reason, state)
      _ -> {:noreply, state}
    end
  end

  def handle_info(msg, state) do
    meta = %{domain: [:otp], error_logger: %{tag: :error}}
    :logger.error(~c"Supervisor received unexpected message: ~tp~n", [msg], meta)
    {:noreply, state}
  end

  defp child_exit(%{restart: :permanent} = child, reason, state) do
    report(:child_terminated, reason, child, state)
    restart_counted(child, state)
  end

  defp child_exit(%{restart: :transient} = child, reason, state) do
    if clean?(reason) do
      auto_shutdown(child, stopped(state, child))
    else
      report(:child_terminated, reason, child, state)
      restart_counted(child, state)
    end
  end

  defp child_exit(%{restart: :temporary} = child, reason, state) do
    unless clean?(reason), do: report(:child_terminated, reason, child, state)
    auto_shutdown(child, forget(state, child))
  end

  defp clean?(:normal), do: true
  defp clean?(:shutdown), do: true
  defp clean?({:shutdown, _}), do: true
  defp clean?(_), do: false

  defp auto_shutdown(%{significant: false}, state), do: {:noreply, state}

  defp auto_shutdown(%{significant: true}, %{auto_shutdown: :any_significant} = state),
    do: {:stop, :shutdown, state}

  defp auto_shutdown(%{significant: true}, %{auto_shutdown: :all_significant} = state) do
    alive? = Enum.any?(state.children, fn {_, c} -> c.significant and c.pid != :undefined end)
    if alive?, do: {:noreply, state}, else: {:stop, :shutdown, state}
  end

  defp auto_shutdown(_, state), do: {:noreply, state}

  defp restart_counted(child, state) do
    case count_restart(state) do
      {:ok, state} ->
        restart(state.strategy, child, state)

      {:too_many, state} ->
        report(:shutdown, :reached_max_restart_intensity, child, state)
        {:stop, :shutdown, stopped(state, child)}
    end
  end

  defp count_restart(state) do
    {recent, count} = :phial_restarts.add(state.restarts, :erlang.monotonic_time(:second), state.period)
    state = %{state | restarts: recent}

    if count > state.intensity do
      :phial_restarts.gave_up(count, state.intensity, state.period)
      {:too_many, state}
    else
      {:ok, state}
    end
  end

  defp restart(:one_for_one, child, state) do
    old = child.pid
    state = stopped_for_restart(state, child)

    case start_child_process(child.start) do
      {:ok, pid} ->
        progress(child, pid, state)
        restarted([{child.id, pid}], state)
        {:noreply, started(state, child, pid)}

      {:ok, pid, _} ->
        restarted([{child.id, pid}], state)
        {:noreply, started(state, child, pid)}

      {:error, reason} ->
        report(:start_error, reason, child, state)
        {:noreply, try_again(state, child.id, old)}
    end
  end

  defp restart(:rest_for_one, child, state) do
    {younger, [_ | _]} = Enum.split_while(state.ids, &(&1 != child.id))
    restart_all(younger ++ [child.id], child, state)
  end

  defp restart(:one_for_all, child, state), do: restart_all(state.ids, child, state)

  defp restart_all(ids, child, state) do
    old = child.pid
    state = terminate_children(ids, stopped_for_restart(state, child))
    kept = Enum.filter(ids, &is_map_key(state.children, &1))

    case start_children(Enum.reverse(kept), state) do
      {:ok, state} ->
        restarted(for(id <- Enum.reverse(kept), do: {id, state.children[id].pid}), state)
        {:noreply, state}

      {:error, id, _reason, state} ->
        {:noreply, try_again(state, id, if(id == child.id, do: old, else: :undefined))}
    end
  end

  defp restarted(children, state), do: :phial_restarts.restarted(children, {state.restarts, state.intensity, state.period})

  # The next attempt goes through the mailbox, so that requests are served between attempts.
  defp try_again(state, id, old) do
    old = with {:restarting, pid} <- old, do: pid
    :gen_server.cast(self(), {:try_again_restart, id})
    put_in(state.children[id].pid, {:restarting, old})
  end

  # The child that ended is not there to be stopped.
  defp stopped_for_restart(state, child),
    do: %{state | pids: Map.delete(state.pids, child.pid), children: Map.put(state.children, child.id, %{child | pid: :undefined})}

  defp stopped(state, %{restart: :temporary} = child), do: forget(state, child)

  defp stopped(state, %{id: id} = child) do
    case state do
      %{strategy: :simple_one_for_one} ->
        %{state | pids: Map.delete(state.pids, child.pid)}

      _ ->
        children = Map.put(state.children, id, %{child | pid: :undefined})
        %{state | children: children, pids: Map.delete(state.pids, child.pid)}
    end
  end

  defp forget(state, %{id: id, pid: pid}) do
    :phial_restarts.forget(id)

    %{
      state
      | ids: List.delete(state.ids, id),
        children: Map.delete(state.children, id),
        pids: Map.delete(state.pids, pid)
    }
  end

  # -- simple_one_for_one -----------------------------------------------------------------

  # A child as its template has it, with its own arguments.
  defp dynamic(pid, args, state) do
    %{start: {m, f, _}} = child = template(state)
    %{child | pid: pid, start: {m, f, args}}
  end

  defp dynamic_exit(pid, args, reason, child, state) do
    clean? = clean?(reason)
    unless clean? and child.restart != :permanent, do: report(:child_terminated, reason, child, state)

    if child.restart == :permanent or (child.restart == :transient and not clean?),
      do: restart_dynamic(pid, args, child, state),
      else: {:noreply, dropped(state, pid)}
  end

  defp dropped(state, pid) do
    :phial_restarts.forget(pid)
    %{state | pids: Map.delete(state.pids, pid)}
  end

  defp restart_dynamic(key, args, child, state) do
    {m, f, _} = child.start
    state = %{state | pids: Map.delete(state.pids, key)}

    case count_restart(state) do
      {:ok, state} ->
        case start_child_process({m, f, args}) do
          {:ok, :undefined} -> {:noreply, state}
          {:ok, pid} -> {:noreply, moved(state, key, pid, args)}
          {:ok, pid, _} -> {:noreply, moved(state, key, pid, args)}
          {:error, reason} -> dynamic_again(key, args, reason, child, state)
        end

      {:too_many, state} ->
        report(:shutdown, :reached_max_restart_intensity, child, state)
        {:stop, :shutdown, state}
    end
  end

  defp moved(state, old, pid, args) do
    :phial_restarts.moved(old, pid, 1)
    put_in(state.pids[pid], args)
  end

  defp dynamic_again(old, args, reason, child, state) do
    report(:start_error, reason, child, state)
    key = if is_pid(old), do: {:restarting, old}, else: old
    :phial_restarts.moved(old, key, 0)
    :gen_server.cast(self(), {:try_again_dynamic, key})
    {:noreply, put_in(state.pids[key], args)}
  end

  # -- stopping children ------------------------------------------------------------------

  def terminate(_reason, %{strategy: :simple_one_for_one} = state) do
    child = template(state)
    pids = Enum.filter(Map.keys(state.pids), &is_pid/1)
    Enum.each(pids, &:erlang.exit(&1, if(child.shutdown == :brutal_kill, do: :kill, else: :shutdown)))
    Enum.each(pids, fn pid -> stop_process(%{child | pid: pid}, state) end)
  end

  def terminate(_reason, state), do: terminate_children(state.ids, state)

  # Youngest first, as `ids` has them; temporary children are gone for good.
  defp terminate_children(ids, state) do
    Enum.reduce(ids, state, fn id, state ->
      child = Map.fetch!(state.children, id)
      stopped(stop_process(child, state), child)
    end)
  end

  defp stop_process(%{pid: pid} = child, state) when is_pid(pid) do
    case shutdown(pid, child.shutdown) do
      :ok ->
        state

      {:error, reason} ->
        ok? = child.restart != :permanent and clean?(reason)
        unless ok?, do: report(:shutdown_error, reason, child, state)
        state
    end
  end

  defp stop_process(_child, state), do: state

  # A child that unlinked itself is still found by the monitor.
  defp shutdown(pid, how) do
    ref = :erlang.monitor(:process, pid)
    :erlang.unlink(pid)

    receive do
      {:EXIT, ^pid, reason} ->
        :erlang.demonitor(ref, [:flush])
        {:error, reason}
    after
      0 -> shutdown(pid, ref, how)
    end
  end

  defp shutdown(pid, ref, :brutal_kill) do
    :erlang.exit(pid, :kill)

    receive do
      {:DOWN, ^ref, _, _, :killed} -> :ok
      {:DOWN, ^ref, _, _, reason} -> {:error, reason}
    end
  end

  defp shutdown(pid, ref, timeout) do
    :erlang.exit(pid, :shutdown)

    receive do
      {:DOWN, ^ref, _, _, :shutdown} -> :ok
      {:DOWN, ^ref, _, _, reason} -> {:error, reason}
    after
      timeout ->
        :erlang.exit(pid, :kill)

        receive do
          {:DOWN, ^ref, _, _, reason} -> {:error, reason}
        end
    end
  end

  def code_change(_old, %{module: mod, args: args} = state, _extra) do
    case mod.init(args) do
      {:ok, {flags, _specs}} ->
        with {:ok, new} <- check_flags(flags) do
          {:ok, Map.merge(state, Map.take(new, [:strategy, :intensity, :period, :auto_shutdown]))}
        end

      :ignore ->
        {:ok, state}

      other ->
        other
    end
  end

  # -- what is shown ------------------------------------------------------------------------

  # OTP's record, as :sys and crash reports show it.
  @doc false
  def shown_state(state) do
    children = Map.new(state.children, fn {id, child} -> {id, shown_child(child)} end)
    dynamics = if state.strategy == :simple_one_for_one, do: {:maps, state.pids}, else: :undefined
    restarts = for {second, n} <- state.restarts, _ <- 1..n, do: second

    {:state, state.name, state.strategy, {state.ids, children}, dynamics, state.intensity, state.period, restarts, 0, state.auto_shutdown,
     state.module, state.args}
  end

  defp shown_child(c), do: {:child, c.pid, c.id, c.start, c.restart, c.significant, c.shutdown, c.type, c.modules}

  @doc false
  def format_status(:terminate, [_pdict, state]), do: shown_state(state)

  def format_status(_opt, [_pdict, state]),
    do: [data: [{~c"State", shown_state(state)}], supervisor: [{~c"Callback", state.module}]]

  # -- reports ----------------------------------------------------------------------------

  defp report(error, reason, child, state) do
    :phial_restarts.due(error, Map.get(child, :id), reason)

    if :phial_report.sasl?() do
      :logger.error(
        %{
          label: {:supervisor, error},
          report: [
            supervisor: state.name,
            errorContext: error,
            reason: reason,
            offender: offender(child)
          ]
        },
        %{
          domain: [:otp, :sasl],
          report_cb: &:supervisor.format_log/2,
          logger_formatter: %{title: ~c"SUPERVISOR REPORT"},
          error_logger: %{tag: :error_report, type: :supervisor_report},
          mfa: reporter(error)
        }
      )
    end
  end

  defp progress(child, pid, state) do
    if is_pid(pid) and :phial_report.sasl?() do
      :logger.info(
        %{
          label: {:supervisor, :progress},
          report: [supervisor: state.name, started: offender(%{child | pid: pid})]
        },
        %{
          domain: [:otp, :sasl],
          report_cb: &:supervisor.format_log/2,
          logger_formatter: %{title: ~c"PROGRESS REPORT"},
          error_logger: %{tag: :info_report, type: :progress},
          mfa: {:supervisor, :report_progress, 2}
        }
      )
    end
  end

  @doc "A report of this module as Erlang prints it without Elixir's translator."
  def format_log(report), do: {~c"~ts", [:phial_report_text.format(report, %{single_line: false})]}
  def format_log(report, config), do: :phial_report_text.format(report, config)

  # The functions of Erlang's supervisor that report.
  defp reporter(:child_terminated), do: {:supervisor, :do_restart, 3}
  defp reporter(:start_error), do: {:supervisor, :start_children, 2}
  defp reporter(:shutdown_error), do: {:supervisor, :do_terminate, 2}
  defp reporter(:shutdown), do: {:supervisor, :restart, 2}

  defp offender(child) do
    [
      pid: child.pid,
      id: child.id,
      mfargs: child.start,
      restart_type: child.restart,
      significant: child.significant,
      shutdown: child.shutdown,
      child_type: child.type
    ]
  end
end
