defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(:get, _from, s), do: {:reply, s, s}
  def handle_cast({:set, v}, _), do: {:noreply, v}
  def handle_info({:add, n}, s), do: {:noreply, s + n}
end
{:ok, pid} = GenServer.start_link(S, 1)
IO.inspect(GenServer.call(pid, :get)) # => 1
IO.inspect(GenServer.cast(pid, {:set, 5})) # => :ok
IO.inspect(GenServer.call(pid, :get)) # => 5
send(pid, {:add, 10})
IO.inspect(GenServer.call(pid, :get)) # => 15
