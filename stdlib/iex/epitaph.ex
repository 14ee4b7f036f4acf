# SPDX-License-Identifier: Apache-2.0
# Why an evaluator ended, told in a sentence or two. Invariant: it only tells what the reason shows.
defmodule IEx.Epitaph do
  @moduledoc false

  @doc "The explanation of an evaluator's end."
  def text(pid, reason), do: IEx.color(:eval_info, sentence(pid, reason)) <> "\n"

  defp sentence(_pid, :killed), do: "It was killed: exit(pid, :kill) cannot be caught. Its variables are lost; modules and files remain."

  defp sentence(pid, {:shutdown, _} = reason), do: linked(pid, reason)

  defp sentence(pid, reason), do: linked(pid, reason)

  defp linked(pid, reason) do
    who = culprit(reason)

    "#{who} ended with a reason other than :normal, and a link carried that to the shell's process #{inspect(pid)}, which does not trap exits. " <>
      "A new one has been started: variables are lost, modules remain.\n" <>
      "To outlive it: Process.flag(:trap_exit, true) turns it into a message, spawn/1 or spawn_monitor/1 make no link."
  end

  defp culprit({reason, {GenServer, :call, [server | _]}}), do: "A process that called #{inspect(server)} (it exits: #{short(reason)})"
  defp culprit({%type{}, stack}) when is_list(stack), do: "A linked process (it raised #{inspect(type)}#{place(stack)})"
  defp culprit({reason, stack}) when is_list(stack), do: "A linked process (#{short(reason)}#{place(stack)})"
  defp culprit(reason), do: "A linked process (reason #{short(reason)})"

  defp place([{m, f, a, _} | _]), do: " in " <> Exception.format_mfa(m, f, if(is_list(a), do: length(a), else: a))
  defp place(_), do: ""

  defp short(term), do: inspect(term, limit: 5, printable_limit: 60)
end
