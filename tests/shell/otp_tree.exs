# differs: Elixir has no IEx.OTP
# flags: --virtual-time
# The supervision tree, with names, states, queues and restart counts.
defmodule Counter do
  use GenServer
  def start_link(opts), do: GenServer.start_link(__MODULE__, 0, opts)
  def init(n), do: {:ok, n}
  def handle_cast(:inc, n), do: {:noreply, n + 1}
end

:logger.set_primary_config(:level, :none)

children = [
  {Counter, name: A},
  %{id: :two, start: {Counter, :start_link, [[]]}},
  {DynamicSupervisor, name: Dyn, strategy: :one_for_one},
  %{id: :idle, start: {Task, :start_link, [fn -> Process.sleep(:infinity) end]}}
]

{:ok, top} = Supervisor.start_link(children, strategy: :one_for_one, name: Top)
{:ok, game} = DynamicSupervisor.start_child(Dyn, {Counter, name: Game})
for _ <- 1..2, do: (Process.exit(Process.whereis(A), :kill); Process.sleep(1))
Process.exit(game, :kill)
Process.sleep(1)
GenServer.cast(A, :inc)
Supervisor.terminate_child(Top, :two)
IEx.OTP.tree(Top, state: true)
# => Top  supervisor, waiting
# => ├─ Counter A  waiting  restarted 2 times  state 1
# => ├─ :two  stopped
# => ├─ Dyn  supervisor, waiting
# => │  └─ Game  waiting  restarted once  state 0
# => └─ :idle #PID<>  waiting
Supervisor.restart_child(Top, :two)
Supervisor.delete_child(Top, :idle)
:erlang.suspend_process(Process.whereis(A))
GenServer.cast(A, :inc)
GenServer.cast(A, :inc)
:erlang.suspend_process(Process.whereis(Dyn))
IEx.OTP.tree(top)
# => Top  supervisor, waiting
# => ├─ Counter A  suspended  2 messages wait  restarted 2 times
# => ├─ :two Counter #PID<>  waiting  restarted once
# => ├─ Dyn  supervisor, suspended
# => │  └─ (does not answer)
# => └─ :idle #PID<>  waiting
IEx.OTP.tree(:logger) # => application logger
:erlang.resume_process(Process.whereis(Dyn))
spawn(fn -> Process.register(self(), :alone); Process.sleep(:infinity) end)
Process.sleep(1)
IO.inspect(Enum.map(IEx.OTP.Tree.build(:all), &{&1.kind, &1.pid in [top, Process.whereis(:alone)]})) # => [supervisor: true, process: true]
try do
  IEx.OTP.tree(:nobody)
rescue
  e -> IO.puts(Exception.message(e)) # => there is no process :nobody
end
