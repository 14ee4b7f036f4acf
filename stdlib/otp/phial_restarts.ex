# SPDX-License-Identifier: Apache-2.0
# Restart intensity for the supervisors: how many restarts there were in each of the last seconds, newest first. The list is never longer than the
# period, however many restarts there are.
defmodule :phial_restarts do
  @moduledoc false

  # Counts one restart at second `now`. Returns {history, restarts within the period}.
  @doc false
  def add(history, now, period) do
    history = count_in(history, now) |> Enum.take_while(fn {second, _} -> second >= now - period end)
    {history, Enum.reduce(history, 0, fn {_, n}, sum -> sum + n end)}
  end

  defp count_in([{now, n} | rest], now), do: [{now, n + 1} | rest]
  defp count_in(history, now), do: [{now, 1} | history]
end
