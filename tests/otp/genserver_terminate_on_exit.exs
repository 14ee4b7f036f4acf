defmodule S do
  use GenServer
  def init(parent) do
    Process.flag(:trap_exit, true)
    {:ok, parent}
  end
  def terminate(reason, parent), do: send(parent, {:term, reason})
end
{:ok, pid} = GenServer.start(S, self())
GenServer.stop(pid, {:shutdown, :x})
IO.inspect((receive do m -> m end)) # => {:term, {:shutdown, :x}}
