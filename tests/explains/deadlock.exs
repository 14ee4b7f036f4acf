# Nothing can wake a process: who waits for what, and where; idle servers after that, the library's own not at all.
# differs: Elixir waits for ever
defmodule Idle do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(_, _from, s), do: {:noreply, s}
end
defmodule Waiter do
  def wait do
    receive do
      :never -> :ok
    end
  end
end
{:ok, pid} = GenServer.start(Idle, 1, name: :idle)
Agent.start_link(fn -> 1 end, name: MyAgent)
spawn(fn -> GenServer.call(pid, :x, :infinity) |> IO.inspect() end)
send(self(), :unwanted)
Waiter.wait()
# stderr: ** deadlock: every process waits and nothing can wake one
# stderr: waits in Waiter.wait/0 (
# stderr: ; 1 message in its mailbox, none that it waits for
# stderr: waits for a reply of #PID<> (:idle), called in anonymous fn/1 in the script's own code (
# stderr:    idle, without a message to handle: #PID<> (:idle), #PID<> (MyAgent)
# exit: 1
