# The explanation follows the process that ends of the time-out; a callee that took the request and does not answer is idle.
# differs: Elixir does not explain
# flags: --virtual-time
defmodule Silent do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(_, _from, s), do: {:noreply, s}
end
{:ok, pid} = GenServer.start(Silent, 1)
{_, ref} = spawn_monitor(fn -> GenServer.call(pid, :x, 100) end)
receive do {:DOWN, ^ref, _, _, {why, _}} -> IO.inspect(why) end # => :timeout
Process.sleep(1)
# stderr: ** explained: no reply of #PID<> (Silent) within 100 ms
# stderr: (Silent) is idle: it took its last message
# stderr:    its queue: 0 messages; this request is not among them: it was taken and is not answered yet
