defmodule S do
  use GenServer
  def init(x), do: {:ok, x, :hibernate}
  def handle_call(:get, _, s), do: {:reply, s, s, :hibernate}
end
{:ok, pid} = GenServer.start_link(S, :h)
IO.inspect(GenServer.call(pid, :get)) # => :h
IO.inspect(GenServer.call(pid, :get)) # => :h
