# Workers killed under a supervisor: memory stays flat. The argument is the number of restarts.
# args: 5000
:logger.set_primary_config(:level, :none)

defmodule W do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n)
  def init(n), do: {:ok, n}
end

defmodule Run do
  def fresh(old) do
    case Process.whereis(:w) do
      pid when is_pid(pid) and pid != old -> pid
      _ -> :erlang.yield() && fresh(old)
    end
  end

  def kill(0, pid), do: pid

  def kill(n, pid) do
    Process.exit(pid, :kill)
    kill(n - 1, fresh(pid))
  end
end

{:ok, _} = Supervisor.start_link([{W, :w}], strategy: :one_for_one, max_restarts: 100_000_000)
count = System.argv() |> hd() |> String.to_integer()
pid = Run.kill(div(count, 5), Run.fresh(nil))
:erlang.garbage_collect()
before = :erlang.memory(:total)
Run.kill(count, pid)
:erlang.garbage_collect()
IO.inspect(:erlang.memory(:total) - before < 2_000_000) # => true
