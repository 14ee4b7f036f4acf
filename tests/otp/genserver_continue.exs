defmodule S do
  use GenServer
  def init(x), do: {:ok, [x], {:continue, :more}}
  def handle_continue(:more, s), do: {:noreply, [:continued | s]}
  def handle_call(:get, _, s), do: {:reply, s, s, {:continue, :more}}
end
{:ok, pid} = GenServer.start_link(S, :init)
IO.inspect(GenServer.call(pid, :get)) # => [:continued, :init]
IO.inspect(GenServer.call(pid, :get)) # => [:continued, :continued, :init]
