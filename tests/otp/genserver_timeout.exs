defmodule S do
  use GenServer
  def init(parent), do: {:ok, parent, 20}
  def handle_info(:timeout, parent) do
    send(parent, :timed_out)
    {:noreply, parent}
  end
end
{:ok, _} = GenServer.start_link(S, self())
IO.inspect((receive do x -> x after 1000 -> :never end)) # => :timed_out
# flags: --virtual-time
