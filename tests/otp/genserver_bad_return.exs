:logger.set_primary_config(:level, :none)
defmodule S do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_call(:bad, _, _), do: :oops
end
{:ok, pid} = GenServer.start(S, nil)
ref = Process.monitor(pid)
catch_exit = try do GenServer.call(pid, :bad) catch :exit, {r, _} -> r end
IO.inspect(catch_exit) # => {:bad_return_value, :oops}
IO.inspect((receive do {:DOWN, ^ref, _, _, r} -> r end)) # => {:bad_return_value, :oops}
