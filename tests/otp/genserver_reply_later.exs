defmodule S do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_call(:slow, from, _), do: {:noreply, from}
  def handle_cast(:answer, from) do
    GenServer.reply(from, :late_answer)
    {:noreply, nil}
  end
end
{:ok, pid} = GenServer.start_link(S, nil)
t = Task.async(fn -> GenServer.call(pid, :slow) end)
Process.sleep(20)
GenServer.cast(pid, :answer)
IO.inspect(Task.await(t)) # => :late_answer
# flags: --virtual-time
