defmodule S do
  use GenServer
  def init(_), do: {:ok, :state}
  def handle_call(:stop, _, s), do: {:stop, :normal, :bye, s}
  def terminate(reason, state), do: IO.inspect({:terminate, reason, state})
end
{:ok, pid} = GenServer.start(S, nil)
IO.inspect(GenServer.call(pid, :stop)) # => {:terminate, :normal, :state}
ref = Process.monitor(pid)
receive do {:DOWN, ^ref, _, _, _} -> :ok end
{:ok, pid} = GenServer.start(S, nil)
IO.inspect(GenServer.stop(pid)) # => :bye
{:ok, pid} = GenServer.start(S, nil)
IO.inspect(GenServer.stop(pid, :shutdown)) # => {:terminate, :normal, :state}
# => :ok
# => {:terminate, :shutdown, :state}
# => :ok
