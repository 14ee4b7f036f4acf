# SPDX-License-Identifier: Apache-2.0
# runtime_info and process_info: the system and one process in figures. Invariant: only what the VM counts is printed.
defmodule IEx.Runtime do
  @moduledoc false
  @topics [:system, :memory, :limits, :applications]

  def print(topics) do
    {known, unknown} = Enum.split_with(topics, &(&1 in @topics))
    for topic <- unknown, do: IO.puts(IEx.color(:eval_error, "Unknown topic: #{inspect(topic)}"))
    Enum.each(known, &topic/1)
    IO.puts("")
    IO.puts(row("Showing topics", inspect(known)))
    IO.puts(row("Additional topics", inspect(@topics -- known)))
    IO.puts("\nTo view a specific topic call runtime_info(topic)\n")
  end

  defp row(name, value), do: String.pad_trailing(name <> ":", 20) <> value

  defp heading(text), do: IO.puts([IEx.color(:doc_headings, "\n## #{text} \n")])

  defp topic(:system) do
    heading("System and architecture")
    IO.puts(row("Elixir version", System.version()))
    IO.puts(row("Erlang/OTP version", System.otp_release()))
    IO.puts(row("ERTS version", to_string(:erlang.system_info(:version))))
    IO.puts(row("Compiled for", to_string(:erlang.system_info(:system_architecture))))
    IO.puts(row("Schedulers", inspect(:erlang.system_info(:schedulers))))
    IO.puts(row("Schedulers online", inspect(:erlang.system_info(:schedulers_online))))
  end

  defp topic(:memory) do
    heading("Memory")
    memory = :erlang.memory()

    for {label, key} <- [{"Total", :total}, {"Atoms", :atom}, {"Binaries", :binary}, {"Code", :code}, {"ETS", :ets}, {"Processes", :processes}] do
      IO.puts(row(label, bytes(memory[key])))
    end
  end

  defp topic(:limits) do
    heading("Statistics / limits")
    {uptime, _} = :erlang.statistics(:wall_clock)
    IO.puts(row("Uptime", duration(div(uptime, 1000))))
    IO.puts(row("Run queue", inspect(:erlang.statistics(:run_queue))))
    for {label, used, limit} <- [
          {"Atoms", :atom_count, :atom_limit},
          {"Ports", :port_count, :port_limit},
          {"Processes", :process_count, :process_limit}
        ],
        do: IO.puts(row(label, share(used, limit)))
  end

  defp topic(:applications) do
    heading("Loaded OTP Applications")
    started = Application.started_applications()

    for {name, _, version} <- Enum.sort(Application.loaded_applications()) do
      state = if List.keymember?(started, name, 0), do: "(started)", else: ""
      IO.puts(row(Atom.to_string(name), String.pad_trailing(to_string(version), 20) <> state))
    end
  end

  defp share(used, limit) do
    {used, limit} = {:erlang.system_info(used), :erlang.system_info(limit)}
    "#{used} / #{limit} (#{div(used * 100, limit)}% used)"
  end

  defp bytes(n) when n < 1024, do: "#{n} B"
  defp bytes(n) when n < 1024 * 1024, do: "#{div(n, 1024)} KB"
  defp bytes(n) when n < 1024 * 1024 * 1024, do: "#{div(n, 1024 * 1024)} MB"
  defp bytes(n), do: "#{div(n, 1024 * 1024 * 1024)} GB"

  defp duration(seconds) do
    parts = [
      {div(seconds, 86_400), "days"},
      {rem(div(seconds, 3600), 24), "hours"},
      {rem(div(seconds, 60), 60), "minutes"},
      {rem(seconds, 60), "seconds"}
    ]

    case Enum.drop_while(parts, fn {n, unit} -> n == 0 and unit != "seconds" end) do
      parts -> Enum.map_join(parts, ", ", fn {n, unit} -> "#{n} #{if n == 1, do: String.trim_trailing(unit, "s"), else: unit}" end)
    end
  end

  # ---- one process

  @keys [:registered_name, :status, :current_function, :initial_call, :message_queue_len, :links, :monitors, :monitored_by, :trap_exit, :priority,
         :memory, :reductions]

  def process(name) when is_atom(name) do
    case Process.whereis(name) do
      nil -> IO.puts(IEx.color(:eval_error, "No process is registered as #{inspect(name)}"))
      pid -> process(pid)
    end
  end

  def process(pid) when is_pid(pid) do
    case Process.info(pid, @keys) do
      nil ->
        IO.puts(IEx.color(:eval_error, "#{inspect(pid)} is not alive"))

      info ->
        IO.puts(IEx.color(:doc_headings, "\n# Process #{inspect(pid)}\n"))
        for {key, value} <- info, do: IO.puts(row(label(key), shown(key, value)))
        IO.puts("")
    end
  end

  defp label(key), do: key |> Atom.to_string() |> String.replace("_", " ") |> String.capitalize()

  defp shown(:memory, value), do: bytes(value)
  defp shown(key, {m, f, a}) when key in [:current_function, :initial_call], do: Exception.format_mfa(m, f, a)
  defp shown(_key, []), do: "none"
  defp shown(_key, value), do: inspect(value)
end
