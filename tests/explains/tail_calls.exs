# A call in tail position has given up its frame and is told all the same: in agents and tasks, in a fun of the script, behind a client function.
# differs: Elixir does not explain
# flags: --virtual-time
defmodule Shop do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(:stock, _from, s), do: {:noreply, s}
  def stock(pid), do: GenServer.call(pid, :stock, :infinity)
  def count(task), do: Task.await(Task.async(task), :infinity)
end
Agent.start(fn -> 0 end, name: :till)
Agent.start(fn -> 0 end, name: :safe)
spawn(fn ->
  Agent.get(:till, fn _ ->
    Agent.get(:safe, fn _ ->
      Agent.get(:till, & &1, :infinity)
    end, :infinity)
  end, :infinity)
end)
Process.sleep(10)
{:ok, shop} = GenServer.start(Shop, 1, name: :shop)
spawn(fn -> Shop.stock(shop) end)
spawn(fn -> Process.sleep(:infinity) end)
Shop.count(fn -> receive do :never -> 1 end end)
# stderr: (:till) calls #PID<> (:safe) in anonymous fn/1 in the script's own code (tests/explains/tail_calls.exs:15)
# stderr: (:safe) calls #PID<> (:till) in anonymous fn/1 in the script's own code (tests/explains/tail_calls.exs:16)
# stderr: ** deadlock: every process waits
# stderr: waits for a reply of #PID<> (a fn of the script), called in Shop.count/1 (tests/explains/tail_calls.exs:9)
# stderr: waits for a reply of #PID<> (:till), called in anonymous fn/0 in the script's own code (tests/explains/tail_calls.exs:14)
# stderr: waits for a reply of #PID<> (:shop), called in Shop.stock/1 (tests/explains/tail_calls.exs:8)
# stderr: waits in Process.sleep/1, called in anonymous fn/0 in the script's own code (tests/explains/tail_calls.exs:23)
# stderr:    #PID<> (a fn of the script) waits in anonymous fn/0 in the script's own code (tests/explains/tail_calls.exs:24)
# stderr:    idle, without a message to handle: #PID<> (:shop)
# exit: 1
