defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
end
:logger.set_primary_config(:level, :none)
{:ok, pid} = GenServer.start(S, 1)
send(pid, :unexpected)
Process.sleep(20)
IO.inspect(Process.alive?(pid)) # => true
r = try do GenServer.call(pid, :x) catch :exit, {{e, _}, _} -> Exception.message(e) |> String.replace(~r/#PID<[\d.]+>/, "PID") end
IO.inspect(r) # => "attempted to call GenServer PID but no handle_call/3 clause was provided"
# flags: --virtual-time
