defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call(:get, _, s), do: {:reply, s, s}
end
{:ok, pid} = GenServer.start_link(S, 1)
IO.inspect(:sys.get_state(pid)) # => 1
IO.inspect(:sys.replace_state(pid, &(&1 + 1))) # => 2
IO.inspect(GenServer.call(pid, :get)) # => 2
IO.inspect(:sys.suspend(pid)) # => :ok
IO.inspect(:sys.resume(pid)) # => :ok
