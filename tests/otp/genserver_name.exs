defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(:get, _, s), do: {:reply, s, s}
end
{:ok, pid} = GenServer.start_link(S, :v, name: S)
IO.inspect(GenServer.call(S, :get)) # => :v
IO.inspect(GenServer.whereis(S) == pid) # => true
IO.inspect(match?({:error, {:already_started, ^pid}}, GenServer.start_link(S, :w, name: S))) # => true
{:ok, p2} = GenServer.start_link(S, :g, name: {:global, :gname})
IO.inspect(GenServer.call({:global, :gname}, :get)) # => :g
IO.inspect(GenServer.whereis({:global, :gname}) == p2) # => true
