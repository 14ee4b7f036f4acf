# Chains of calls that end are no cycles; a server that serves others while its caller waits is none either.
# flags: --virtual-time
defmodule Chain do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(:depth, _from, nil), do: {:reply, 1, nil}
  def handle_call(:depth, _from, next), do: {:reply, 1 + GenServer.call(next, :depth), next}
  def handle_call({:later, ms}, from, next) do
    Process.send_after(self(), {:answer, from}, ms)
    {:noreply, next}
  end
  def handle_info({:answer, from}, next), do: (GenServer.reply(from, :late); {:noreply, next})
end
last = Enum.reduce(1..50, nil, fn _, next -> {:ok, pid} = GenServer.start_link(Chain, next); pid end)
IO.inspect(GenServer.call(last, :depth)) # => 50
tasks = for ms <- [30, 10, 20], do: Task.async(fn -> GenServer.call(last, {:later, ms}) end)
IO.inspect(GenServer.call(last, :depth)) # => 50
IO.inspect(Task.await_many(tasks)) # => [:late, :late, :late]
