# SPDX-License-Identifier: Apache-2.0
#
# :application_master: the two processes of a running application. The master is the group leader of all the application's processes and passes their
# input and output on; the starter runs the callbacks. Invariant: stop/1 of the callback module runs once, after the tree is gone; prep_stop/1 before. With the master
# ends every process that it leads.

defmodule :application_master do
  @moduledoc false

  # Called by the controller; it is sent {:started, master}, or the master exits with the reason of the failure.
  def start(app, mod, args, phases) do
    controller = self()
    leader = :erlang.group_leader()

    :erlang.spawn_link(fn ->
      :erlang.process_flag(:trap_exit, true)
      :ets.insert(:ac_tab, {{:master, self()}, app})
      :erlang.group_leader(self(), self())
      master = self()
      starter = :erlang.spawn_link(fn -> start_it(master, mod, args, phases) end)
      master_loop(controller, leader, starter)
    end)
  end

  defp master_loop(controller, leader, starter) do
    receive do
      {:io_request, _, _, _} = request ->
        send(leader, request)
        master_loop(controller, leader, starter)

      {:started, ^starter} ->
        send(controller, {:started, self()})
        master_loop(controller, leader, starter)

      {:failed, ^starter, reason} ->
        finish(reason)

      {:stop, ^controller} ->
        send(starter, {:stop, self()})
        master_loop(controller, leader, starter)

      {:EXIT, ^starter, reason} ->
        finish(reason)

      {:EXIT, ^controller, reason} ->
        :erlang.exit(starter, :kill)
        finish(reason)

      _ ->
        master_loop(controller, leader, starter)
    end
  end

  # Whoever was started by the application and is not in its tree ends with it.
  defp finish(reason) do
    for pid <- :erlang.processes(), pid != self(), :erlang.process_info(pid, :group_leader) == {:group_leader, self()}, do: :erlang.exit(pid, :kill)
    exit(reason)
  end

  defp start_it(master, mod, args, phases) do
    :erlang.process_flag(:trap_exit, true)

    with {:ok, pid, state} <- start_callback(mod, args),
         :ok <- start_phases(phases, mod, pid) do
      send(master, {:started, self()})
      loop(master, mod, pid, state)
    else
      {:error, reason} -> send(master, {:failed, self(), reason})
    end
  end

  defp start_callback(mod, args) do
    case mod.start(:normal, args) do
      {:ok, pid} when is_pid(pid) -> {:ok, pid, []}
      {:ok, pid, state} when is_pid(pid) -> {:ok, pid, state}
      {:error, reason} -> {:error, {reason, {mod, :start, [:normal, args]}}}
      other -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, other}}}
    end
  catch
    :exit, reason -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, {:EXIT, reason}}}}
    :throw, value -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, value}}}
    _, reason -> {:error, {:bad_return, {{mod, :start, [:normal, args]}, {:EXIT, {reason, __STACKTRACE__}}}}}
  end

  defp start_phases(none, _mod, _pid) when none in [:undefined, []], do: :ok

  defp start_phases([{phase, args} | rest], mod, pid) do
    case phase(mod, phase, args) do
      :ok ->
        start_phases(rest, mod, pid)

      failure ->
        stop_tree(pid)
        failure
    end
  end

  defp phase(mod, phase, args) do
    case mod.start_phase(phase, :normal, args) do
      :ok -> :ok
      {:error, reason} -> {:error, {reason, {mod, :start_phase, [phase, :normal, args]}}}
      other -> {:error, {:bad_return_value, {{mod, :start_phase, [phase, :normal, args]}, other}}}
    end
  catch
    :exit, reason -> {:error, {:bad_return_value, {{mod, :start_phase, [phase, :normal, args]}, {:EXIT, reason}}}}
    _, reason -> {:error, {:bad_return_value, {{mod, :start_phase, [phase, :normal, args]}, {:EXIT, {reason, __STACKTRACE__}}}}}
  end

  defp loop(master, mod, pid, state) do
    receive do
      {:stop, ^master} ->
        state = prep_stop(mod, state)
        stop_tree(pid)
        quietly(mod, state)
        exit(:normal)

      {:EXIT, ^pid, reason} ->
        state = prep_stop(mod, state)
        quietly(mod, state)
        exit(reason)

      {:EXIT, ^master, reason} ->
        stop_tree(pid)
        exit(reason)

      _ ->
        loop(master, mod, pid, state)
    end
  end

  defp prep_stop(mod, state) do
    if function_exported?(mod, :prep_stop, 1), do: mod.prep_stop(state), else: state
  catch
    _, _ -> state
  end

  defp stop_tree(pid) do
    ref = :erlang.monitor(:process, pid)
    :erlang.unlink(pid)
    :erlang.exit(pid, :shutdown)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end
  end

  defp quietly(mod, state) do
    mod.stop(state)
  catch
    _, _ -> :ok
  end
end
