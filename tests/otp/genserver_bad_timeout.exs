# A timeout that is none makes the whole answer of a callback a bad return value.
defmodule S do
  use GenServer
  def init(f) when is_function(f), do: f.()
  def init(x), do: {:ok, x}
  def handle_call({:ret, ret}, _from, _s), do: ret
  def handle_cast({:ret, ret}, _s), do: ret
end
Process.flag(:trap_exit, true)
Logger.configure(level: :none)
for bad <- [-1, :soon, 1.5, {:abs, 5}] do
  IO.inspect(GenServer.start(S, fn -> {:ok, 1, bad} end))
  {:ok, pid} = GenServer.start(S, 1)
  {{:bad_return_value, value}, _} = catch_exit = (try do GenServer.call(pid, {:ret, {:reply, 1, 2, bad}}) catch :exit, reason -> reason end)
  IO.inspect({value, is_tuple(catch_exit)})
  {:ok, pid} = GenServer.start_link(S, 1)
  GenServer.cast(pid, {:ret, {:noreply, 2, bad}})
  receive do {:EXIT, ^pid, reason} -> IO.inspect(reason) end
end
# => {:error, {:bad_return_value, {:ok, 1, -1}}}
# => {{:reply, 1, 2, -1}, true}
# => {:bad_return_value, {:noreply, 2, -1}}
# => {:error, {:bad_return_value, {:ok, 1, :soon}}}
# => {{:reply, 1, 2, :soon}, true}
# => {:bad_return_value, {:noreply, 2, :soon}}
# => {:error, {:bad_return_value, {:ok, 1, 1.5}}}
# => {{:reply, 1, 2, 1.5}, true}
# => {:bad_return_value, {:noreply, 2, 1.5}}
# => {:error, {:bad_return_value, {:ok, 1, {:abs, 5}}}}
# => {{:reply, 1, 2, {:abs, 5}}, true}
# => {:bad_return_value, {:noreply, 2, {:abs, 5}}}
