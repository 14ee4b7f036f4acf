:logger.set_primary_config(:level, :none)
defmodule S do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_call(:crash, _, _), do: raise("crashed")
end
{:ok, pid} = GenServer.start(S, nil)
r = try do
  GenServer.call(pid, :crash)
catch
  :exit, {{e, _stack}, {m, f, _}} -> {e, m, f}
end
IO.inspect(r) # => {%RuntimeError{message: "crashed"}, GenServer, :call}
IO.inspect(Process.alive?(pid)) # => false
