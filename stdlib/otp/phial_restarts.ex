# SPDX-License-Identifier: Apache-2.0
# Restart intensity for the supervisors: how many restarts there were in each of the last seconds, newest first; in the supervisor's process
# dictionary, what the first and the last of them were due to. The list is never longer than the
# period, however many restarts there are.
# How often each child has been started again stands in the supervisor's process dictionary, where it can be seen without asking the supervisor.
defmodule :phial_restarts do
  @moduledoc false

  @last :"$phial_last_crash"
  @first :"$phial_first_crash"

  # Why a child of the calling supervisor is about to be restarted.
  @doc false
  def due(why, child, reason) when why in [:child_terminated, :start_error], do: :erlang.put(@last, {child, reason})
  def due(_why, _child, _reason), do: :ok

  # Counts one restart at second `now`. Returns {history, restarts within the period}.
  @doc false
  def add(history, now, period) do
    history = count_in(history, now) |> Enum.take_while(fn {second, _} -> second >= now - period end)
    count = Enum.reduce(history, 0, fn {_, n}, sum -> sum + n end)
    if count == 1, do: :erlang.put(@first, :erlang.get(@last))
    {history, count}
  end

  @counts :"$phial_restarts"

  # The child under a lasting id has been started: the first time counts as 0.
  @doc false
  def started(id) do
    counts = Process.get(@counts, %{})
    Process.put(@counts, Map.update(counts, id, 0, &(&1 + 1)))
  end

  # The child under `old` goes on under `new`, started `times` more.
  @doc false
  def moved(old, new, times) do
    {n, counts} = Map.pop(Process.get(@counts, %{}), old, 0)
    Process.put(@counts, Map.put(counts, new, n + times))
  end

  @doc false
  def forget(id) do
    case Process.get(@counts) do
      %{^id => _} = counts -> Process.put(@counts, Map.delete(counts, id))
      _ -> nil
    end
  end

  defp count_in([{now, n} | rest], now), do: [{now, n + 1} | rest]
  defp count_in(history, now), do: [{now, 1} | history]

  # The calling supervisor has started children again: [{id, pid}], the one that ended among them. Somebody before the shell is told.
  @doc false
  def restarted(children, {history, max, seconds}) do
    if :phial_explain.interactive() do
      count = Enum.reduce(history, 0, fn {_, n}, sum -> sum + n end)
      :phial_explain.restarted(children, :erlang.get(@last), {count, max, seconds})
    end
  end

  # The calling supervisor ends after `count` restarts.
  @doc false
  def gave_up(count, max, seconds) do
    last = :erlang.get(@last)
    :phial_explain.gave_up(first(:erlang.get(@first), last), last, {count, max, seconds})
  end

  # Of a period that slid on the first crash may be forgotten.
  defp first({_, _} = crash, _last), do: crash
  defp first(_none, last), do: last
end
