defmodule S do
  use GenServer
  def init(p), do: {:ok, p}
  def handle_info(m, p) do
    send(p, {:info, m})
    {:noreply, p}
  end
end
{:ok, pid} = GenServer.start_link(S, self())
send(pid, {:x, 1})
IO.inspect((receive do m -> m end)) # => {:info, {:x, 1}}
