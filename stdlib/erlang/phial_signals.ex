# SPDX-License-Identifier: Apache-2.0
#
# :phial_signals, what signals of the operating system do. Invariants: functions set by System.trap_signal/3 run newest first,
# each protected from the others; then follows what the signal does by default, as on an Erlang node.
defmodule :phial_signals do
  @moduledoc false

  @key {System, :traps}

  @doc "The functions set: [{signal, id, fun}], newest first."
  def traps, do: :persistent_term.get(@key, [])

  @doc "Replaces the functions; their signals are handled from now on."
  def put_traps(traps) do
    :persistent_term.put(@key, traps)
    :phial_signals.await(length(traps))
    Enum.each(traps, fn {signal, _, _} -> :phial_signals.handle(signal, true) end)
  end

  @doc "Called in a process of its own when a signal has come."
  def arrived(number) do
    :erlang.group_leader(:erlang.whereis(:user), self())
    signal = :phial_signals.name(number)
    for {^signal, _, _} = trap <- traps(), do: run(trap)
    default(signal)
  end

  # A function that fails is not called again.
  defp run({_, _, fun} = trap) do
    fun.()
  catch
    kind, reason ->
      put_traps(List.delete(traps(), trap))
      text = Exception.format(kind, reason, __STACKTRACE__)
      :logger.error("Signal handler removed: #{text}", %{})
  end

  defp default(:sigterm) do
    :logger.notice("SIGTERM received - shutting down\n", %{})
    :init.stop()
  end

  defp default(signal) when signal in [:sigwinch, :sigcont], do: :phial_edit.resized()
  defp default(:sigint), do: tell_shell(:interrupted)
  defp default(:sighup), do: tell_shell(:hung_up)
  defp default(:sigusr1), do: :erlang.halt(~c"Received SIGUSR1")
  defp default(:sigquit), do: :erlang.halt(0)
  defp default(_), do: :ok

  defp tell_shell(news), do: for(name <- [:phial_shell, :phial_learn], pid = :erlang.whereis(name), is_pid(pid), do: send(pid, news))
end
