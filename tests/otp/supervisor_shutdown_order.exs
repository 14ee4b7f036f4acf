defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n)
  def init(n) do
    Process.flag(:trap_exit, true)
    IO.puts("start #{n}")
    {:ok, n}
  end
  def terminate(r, n), do: IO.puts("stop #{n} #{inspect(r)}")
end
{:ok, sup} = Supervisor.start_link(for(n <- 1..3, do: Supervisor.child_spec({W, n}, id: n)), strategy: :one_for_one)
Supervisor.stop(sup)
# => start 1
# => start 2
# => start 3
# => stop 3 :shutdown
# => stop 2 :shutdown
# => stop 1 :shutdown
