# SPDX-License-Identifier: Apache-2.0
# Stresses: 5,000 supervised restarts.
defmodule W do
  use GenServer, restart: :permanent
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: __MODULE__)
  def init(n), do: {:ok, n}
end
{:ok, sup} = Supervisor.start_link([{W, 1}], strategy: :one_for_one, max_restarts: 1_000_000, max_seconds: 1)
defmodule Loop do
  def kill(0), do: :ok
  def kill(n) do
    pid = Process.whereis(W)
    ref = Process.monitor(pid)
    Process.exit(pid, :kill)
    receive do {:DOWN, ^ref, _, _, _} -> :ok end
    wait(pid)
    kill(n - 1)
  end
  defp wait(old) do
    case Process.whereis(W) do
      p when is_pid(p) and p != old -> :ok
      _ -> :erlang.yield(); wait(old)
    end
  end
end
Loop.kill(20_000)
IO.inspect(Supervisor.count_children(sup))
