# SPDX-License-Identifier: Apache-2.0
#
# :timer. Plain delays to a process are VM timers; what must be run or repeated is kept by the
# server `:timer_server`, started by the first need. Invariant: a tref is `{kind, ref}` and
# cancelling an unknown one is `{:ok, :cancel}`; an interval is due at multiples of its
# length from its start, so that it does not drift.

defmodule :timer do
  @moduledoc "Delays, repetitions and measurements of time."

  @server :timer_server

  # -- conversions ------------------------------------------------------------------------

  def seconds(n), do: 1000 * n
  def minutes(n), do: 60_000 * n
  def hours(n), do: 3_600_000 * n
  def hms(h, m, s), do: hours(h) + minutes(m) + seconds(s)

  def now_diff({a1, b1, c1}, {a2, b2, c2}),
    do: (a1 - a2) * 1_000_000_000_000 + (b1 - b2) * 1_000_000 + (c1 - c2)

  # -- measuring and waiting --------------------------------------------------------------

  @doc "Runs `fun` and answers `{microseconds, result}`."
  def tc(fun) do
    start = :erlang.monotonic_time()
    result = fun.()
    {elapsed(start), result}
  end

  def tc(fun, args) when is_list(args) do
    start = :erlang.monotonic_time()
    result = apply(fun, args)
    {elapsed(start), result}
  end

  def tc(m, f, args) do
    start = :erlang.monotonic_time()
    result = apply(m, f, args)
    {elapsed(start), result}
  end

  defp elapsed(start) do
    :erlang.convert_time_unit(:erlang.monotonic_time() - start, :native, :microsecond)
  end

  def sleep(time) do
    receive do
    after
      time -> :ok
    end
  end

  # -- once -------------------------------------------------------------------------------

  def apply_after(time, m, f, a)
      when is_integer(time) and time >= 0 and is_atom(m) and is_atom(f) and is_list(a) do
    if time == 0 do
      :erlang.spawn(m, f, a)
      {:ok, {:instant, make_ref()}}
    else
      call({:once, time, {m, f, a}})
    end
  end

  def apply_after(_, _, _, _), do: {:error, :badarg}

  def send_after(time, msg), do: send_after(time, self(), msg)

  def send_after(0, pid, msg) do
    Kernel.send(pid, msg)
    {:ok, {:instant, make_ref()}}
  end

  def send_after(time, pid, msg) when is_integer(time) and time > 0 and is_pid(pid) and node(pid) == node(),
    do: {:ok, {:send_local, :erlang.send_after(time, pid, msg)}}

  def send_after(time, dest, msg) do
    if destination?(dest), do: apply_after(time, :timer, :send, [dest, msg]), else: {:error, :badarg}
  end

  defp destination?({name, node}), do: is_atom(name) and is_atom(node)
  defp destination?(dest), do: is_pid(dest) or is_atom(dest)

  def exit_after(time, reason), do: exit_after(time, self(), reason)
  def exit_after(time, pid, reason), do: apply_after(time, :erlang, :exit, [pid, reason])
  def kill_after(time), do: exit_after(time, self(), :kill)
  def kill_after(time, pid), do: exit_after(time, pid, :kill)

  # -- repeatedly -------------------------------------------------------------------------

  def apply_interval(time, m, f, a)
      when is_integer(time) and time >= 0 and is_atom(m) and is_atom(f) and is_list(a),
      do: call({:interval, time, self(), {m, f, a}})

  def apply_interval(_, _, _, _), do: {:error, :badarg}

  def send_interval(time, msg), do: send_interval(time, self(), msg)

  # The interval ends with the process that has the name now, or at once without one.
  def send_interval(time, dest, msg) do
    if is_integer(time) and time >= 0 and destination?(dest),
      do: call({:interval, time, dest, {:timer, :send, [dest, msg]}}),
      else: {:error, :badarg}
  end

  def send(dest, msg), do: Kernel.send(dest, msg)

  def cancel({:send_local, ref}) do
    :erlang.cancel_timer(ref)
    {:ok, :cancel}
  end

  def cancel({:instant, ref}) when is_reference(ref), do: {:ok, :cancel}
  def cancel({kind, ref}) when kind in [:once, :interval] and is_reference(ref), do: call({:cancel, ref})
  def cancel(_), do: {:error, :badarg}

  # -- server: %{ref => {:once, mfa} | {:interval, time, due, mfa, timer, monitor}} ------------

  def start do
    started()
    :ok
  end
  def start_link, do: :gen_server.start_link({:local, @server}, :timer, [], [])

  defp started do
    case :erlang.whereis(@server) do
      :undefined ->
        case :gen_server.start({:local, @server}, :timer, [], []) do
          {:ok, pid} -> pid
          {:error, {:already_started, pid}} -> pid
        end

      pid ->
        pid
    end
  end

  defp call(request), do: :gen_server.call(started(), request, :infinity)

  def init(_), do: {:ok, %{}}

  def handle_call({:once, time, mfa}, _from, timers) do
    ref = :erlang.start_timer(time, self(), :once)
    {:reply, {:ok, {:once, ref}}, Map.put(timers, ref, {:once, mfa})}
  end

  def handle_call({:interval, time, pid, mfa}, _from, timers) do
    ref = :erlang.monitor(:process, pid)
    due = :erlang.monotonic_time(:millisecond) + time
    timer = :erlang.start_timer(due, self(), ref, abs: true)
    {:reply, {:ok, {:interval, ref}}, Map.put(timers, ref, {:interval, time, due, mfa, timer})}
  end

  def handle_call({:cancel, ref}, _from, timers) do
    case timers do
      %{^ref => {:once, _}} -> :erlang.cancel_timer(ref)
      %{^ref => interval} -> drop_interval(ref, interval)
      _ -> :ok
    end

    {:reply, {:ok, :cancel}, Map.delete(timers, ref)}
  end

  def handle_call(_request, _from, timers), do: {:reply, {:error, :badarg}, timers}

  def handle_cast(_msg, timers), do: {:noreply, timers}

  def handle_info({:timeout, ref, :once}, timers) do
    case Map.pop(timers, ref) do
      {{:once, mfa}, timers} ->
        perform(mfa)
        {:noreply, timers}

      {nil, timers} ->
        {:noreply, timers}
    end
  end

  def handle_info({:timeout, _timer, ref}, timers) do
    case timers do
      %{^ref => {:interval, time, due, mfa, _}} ->
        perform(mfa)
        due = due + time
        timer = :erlang.start_timer(due, self(), ref, abs: true)
        {:noreply, Map.put(timers, ref, {:interval, time, due, mfa, timer})}

      _ ->
        {:noreply, timers}
    end
  end

  def handle_info({:DOWN, ref, _, _, _}, timers) do
    case Map.pop(timers, ref) do
      {nil, timers} ->
        {:noreply, timers}

      {interval, timers} ->
        drop_interval(ref, interval)
        {:noreply, timers}
    end
  end

  def handle_info(_msg, timers), do: {:noreply, timers}

  def terminate(_reason, _timers), do: :ok
  def code_change(_old, timers, _extra), do: {:ok, timers}

  defp drop_interval(ref, {:interval, _, _, _, timer}) do
    :erlang.demonitor(ref, [:flush])
    :erlang.cancel_timer(timer)
  end

  # What cannot block is done here, the rest in a process of its own.
  defp perform({:timer, :send, [dest, msg]}) do
    Kernel.send(dest, msg)
  catch
    _, _ -> :ok
  end

  defp perform({:erlang, :exit, [pid, reason]}) do
    :erlang.exit(pid, reason)
  catch
    _, _ -> :ok
  end

  defp perform({m, f, a}), do: :erlang.spawn(m, f, a)
end
