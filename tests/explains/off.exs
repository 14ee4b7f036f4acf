# --no-explain: nothing is added to what Elixir says.
# flags: --no-explain --virtual-time
Process.flag(:trap_exit, true)
defmodule M do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call({:ask, pid}, _from, s), do: {:reply, GenServer.call(pid, {:ask, self()}, 50), s}
end
{:ok, a} = GenServer.start(M, 1)
{:ok, b} = GenServer.start(M, 1)
:logger.set_primary_config(:level, :none)
{_, ref} = spawn_monitor(fn -> GenServer.call(a, {:ask, b}, 20) end)
receive do {:DOWN, ^ref, _, _, {why, _}} -> IO.inspect(why) end # => :timeout
sink = spawn(fn -> receive do :never -> 1 end end)
for _ <- 1..4, do: (for(i <- 1..10_000, do: send(sink, i)); Process.sleep(1))
