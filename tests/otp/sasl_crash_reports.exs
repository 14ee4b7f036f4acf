# With handle_sasl_reports: what is told of processes that crash, their neighbours, children that cannot start, and applications.
# flags: --virtual-time
defmodule Show do
  # The lines that do not depend on the memory of a process.
  def format(_level, message, _time, meta) do
    lines = message |> IO.chardata_to_string() |> String.split("\n")
    kept = Enum.reject(lines, &(&1 =~ ~r/Heap Size|Stack Size|Reductions|Messages|Dictionary|Restart|Shutdown|Type|Queue|Ancestors|Links|\((stdlib|elixir) /))
    meta = for {k, v} <- meta, k != :ancestors or is_list(v), do: {k, if(k == :ancestors, do: length(v), else: v)}
    [Enum.map(kept, &[&1, "\n"]), inspect(Enum.sort(meta)), "\n"]
  end
end
Application.stop(:logger)
Application.put_env(:logger, :handle_sasl_reports, true)
Application.put_env(:logger, :console, format: {Show, :format}, metadata: [:registered_name, :ancestors, :callers])
Application.start(:logger)
Process.sleep(50)
Process.flag(:trap_exit, true)
:proc_lib.spawn(fn -> throw(:ball) end)
Process.sleep(50)
:proc_lib.spawn(fn ->
  Process.register(self(), :crasher)
  friend = spawn(fn -> Process.register(self(), :friend); receive do :never -> 1 end end)
  trapper = spawn(fn -> Process.flag(:trap_exit, true); receive do :never -> 1 end end)
  Process.sleep(20)
  Process.link(friend)
  Process.link(trapper)
  exit(:foo)
end)
Process.sleep(100)
Supervisor.start_link([%{id: 1, start: {:not_there, :start_link, []}}], strategy: :one_for_one)
Process.sleep(50)
Supervisor.start_link([%{id: 1, start: {:erlang, :throw, [:ignore]}}], strategy: :one_for_one) |> elem(0) |> IO.inspect()
