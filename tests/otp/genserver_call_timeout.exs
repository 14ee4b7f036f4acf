defmodule S do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_call(:never, _, s), do: {:noreply, s}
end
{:ok, pid} = GenServer.start(S, nil)
r = try do
  GenServer.call(pid, :never, 20)
catch
  :exit, {reason, {m, f, [_ | args]}} -> {reason, m, f, args}
end
IO.inspect(r) # => {:timeout, GenServer, :call, [:never, 20]}
