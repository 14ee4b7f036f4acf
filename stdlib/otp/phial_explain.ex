# SPDX-License-Identifier: Apache-2.0
#
# :phial_explain, the library's half of what a run says about itself; the other half is vm/explain.c.
# Invariant: what is told goes to standard error after Elixir's own text, and never into an exception,
# an exit reason or a message.

defmodule :phial_explain do
  @moduledoc false

  @doc "Writes what is pending once the log is out. Runs in a process of its own, at low priority."
  def deliver do
    Logger.Writer.flush()
    :phial_explain.write()
  end

  @doc "What was noted about the call that made the caller fail for `reason`, for its report; once."
  def about({kind, {_, _, _}}) when kind in [:timeout, :calling_self], do: :phial_explain.taken_note()
  def about(_reason), do: ""

  @doc """
  Tells that the calling supervisor gives up. `crashes` is `{child, reason}` of the first restart of
  the period and of the last; `limits` is `{restarts, max_restarts, max_seconds}`.
  """
  def gave_up({first, first_reason}, {last, last_reason}, {restarts, max, seconds}) do
    if :logger.allow(:error, nil) do
      text = [
        "** explained: supervisor #{myself()} gave up: child #{inspect(last)} was due for restart number #{restarts} ",
        "within #{seconds} seconds (max_restarts: #{max})\n",
        "   the first crash, of child #{inspect(first)}: #{indented(first_reason)}\n",
        if(same?(first_reason, last_reason), do: [], else: "   the last one: #{first_line(last_reason)}\n")
      ]

      :phial_explain.say(:restarts, IO.iodata_to_binary(text))
    end
  end

  @doc "Tells whom the calling supervisor has started again, and for what. `children` are `{id, pid}`; otherwise as in `gave_up/3`."
  def restarted(children, {id, reason}, {count, max, seconds}) do
    {same, others} = Enum.split_with(children, fn {child, _} -> child == id end)
    pid = with [{_, pid} | _] <- same, do: " as #{inspect(pid)}"
    along =
      if others == [], do: "", else: ", and with it #{Enum.map_join(others, ", ", fn {other, pid} -> "#{inspect(other)} as #{inspect(pid)}" end)}"

    :phial_explain.say(:restarts, """
    ** explained: supervisor #{myself()} has started child #{inspect(id)} again#{if is_binary(pid), do: pid}#{along}
       it had ended: #{first_line(reason)}; restart #{count} of at most #{max} within #{seconds} seconds
    """)
  end

  defp myself do
    case Process.info(self(), :registered_name) do
      {:registered_name, name} when is_atom(name) -> "#{inspect(self())} (#{inspect(name)})"
      _ -> inspect(self())
    end
  end

  # As Elixir's reports show it, its further lines indented.
  defp indented(reason), do: reason |> Exception.format_exit() |> String.trim_trailing() |> String.replace("\n", "\n   ")

  # An exception comes with its stack, also as Erlang's name for it.
  defp first_line({reason, [{_, _, _, _} | _] = stack}), do: Exception.format_banner(:error, reason, stack)
  defp first_line({%_{} = error, stack}) when is_list(stack), do: Exception.format_banner(:error, error, stack)
  defp first_line(reason), do: reason |> Exception.format_exit() |> String.split("\n") |> hd()

  # The same crash again, whatever its stack.
  defp same?({reason, stack}, {reason, _}) when is_list(stack), do: true
  defp same?(first, last), do: first == last
end
