# SPDX-License-Identifier: Apache-2.0
# Why an evaluator ended, told in a sentence or two. Invariant: it tells what the reason shows and what the VM noted of
# the links of the process that was watched.
defmodule IEx.Epitaph do
  @moduledoc false

  @doc "The explanation of an evaluator's end."
  def text(pid, reason), do: IEx.color(:eval_info, IO.iodata_to_binary(sentence(pid, reason))) <> "\n"

  defp sentence(pid, reason) do
    {killer, company, too_large} = :phial_explain.watched()
    killer = if too_large, do: :size, else: killer
    [cause(killer, pid, reason), consequence(company), "\n", advice(killer, reason)]
  end

  defp cause(:size, pid, _reason), do: "The shell's process #{inspect(pid)} held more data than a process may: it passed its heap limit."

  defp cause("", pid, :killed), do: "Somebody killed the shell's process #{inspect(pid)}: exit(pid, :kill) cannot be caught."
  defp cause("", pid, reason), do: "Somebody sent the shell's process #{inspect(pid)} an exit signal: Process.exit(pid, #{short(reason)})."
  defp cause(killer, pid, reason), do: "#{killer} #{why(reason)}. It was linked to the shell's process #{inspect(pid)}, so that one ended too."

  defp why({%_{} = error, stack}) when is_list(stack), do: "raised #{inspect(error.__struct__)}#{place(stack)}"
  defp why({reason, {GenServer, :call, [server | _]}}), do: "ended as its call to #{inspect(server)} failed (#{short(reason)})"
  defp why({:shutdown, {:failed_to_start_child, id, _}}), do: "gave up: its child #{inspect(id)} could not be started"
  defp why(:shutdown), do: "ended with the reason :shutdown, as a supervisor does that gives up or is stopped"

  defp why({reason, [{_, _, _, _} | _] = stack}) do
    case Exception.normalize(:error, reason, stack) do
      %ErlangError{} -> "ended with #{short(reason)}#{place(stack)}"
      error -> why({error, stack})
    end
  end

  defp why(reason), do: "ended with the reason #{short(reason)}"

  defp consequence(""), do: ""
  defp consequence(company), do: "\nIts own links pass that on: to #{company}."

  defp advice(killer, :killed) when killer in ["", :size], do: "A new one has been started: variables are lost, modules remain."

  defp advice(_killer, _reason) do
    "A new one has been started: variables are lost, modules remain. To outlive such an end: Process.flag(:trap_exit, true)\n" <>
      "makes a message of it; spawn/1 and spawn_monitor/1 make no link."
  end

  defp place([{m, f, a, _} | _]) when is_atom(m), do: " in " <> Exception.format_mfa(m, f, if(is_list(a), do: length(a), else: a))
  defp place(_), do: ""

  defp short(term), do: inspect(term, limit: 5, printable_limit: 60)
end
