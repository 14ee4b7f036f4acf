# A child whose init calls the supervisor that starts it: each is told to wait for the init of the next, up to the call.
# differs: Elixir waits for ever
# exit: 1
defmodule Child do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_) do
    n = Supervisor.count_children(Sup)
    {:ok, n}
  end
end
Supervisor.start_link([Child], strategy: :one_for_one, name: Sup)
# stderr: ** deadlock: every process waits
# stderr:    #PID<> waits for the init of #PID<> (Sup), started in the script's own code (tests/explains/init.exs:12)
# stderr:    #PID<> (Sup) waits for the init of #PID<> (Child), started in Child.start_link/1 (tests/explains/init.exs:6); 1 message in its mailbox
# stderr:    #PID<> (Child) waits for a reply of #PID<> (Sup), called in Child.init/1 (tests/explains/init.exs:8)
