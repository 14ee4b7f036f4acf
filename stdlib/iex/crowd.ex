# SPDX-License-Identifier: Apache-2.0
# What is done about statements that have filled the system with processes: no evaluator could be started, or none would get its turn.
# Invariant: only processes that came after the session began are ended. Nothing is asked of them, as they might not answer.
defmodule IEx.Crowd do
  @moduledoc false

  @runnable 10_000
  @pause 10

  @doc "Notes who was there before the session, in the calling process."
  def note_residents, do: Process.put(:iex_residents, MapSet.new(Process.list()))

  @doc "Ends what the session has started if that leaves no room, and says so."
  def disperse do
    if crowded?() do
      ended = round_up(Process.get(:iex_residents), 0)
      IO.write([IEx.color(:eval_interrupt, "(#{ended} processes that the session had started were ended: they left it no room)"), ?\n])
    end
  end

  defp crowded?, do: :erlang.statistics(:run_queue) > @runnable or full?()
  defp full?, do: :erlang.system_info(:process_count) * 2 > :erlang.system_info(:process_limit)

  # They die when it is their turn, which the pause gives them.
  defp round_up(residents, ended) do
    started = for pid <- Process.list(), pid not in residents, pid != self(), do: pid
    Enum.each(started, &Process.exit(&1, :kill))
    if started != [], do: Process.sleep(@pause)
    if started != [] and crowded?(), do: round_up(residents, max(ended, length(started))), else: max(ended, length(started))
  end
end
