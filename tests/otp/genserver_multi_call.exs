defmodule S do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call({:add, n}, _, s), do: {:reply, s + n, s + n}
end
{:ok, pid} = GenServer.start_link(S, 0)
tasks = for _ <- 1..50, do: Task.async(fn -> for _ <- 1..20, do: GenServer.call(pid, {:add, 1}) end)
Enum.each(tasks, &Task.await/1)
IO.inspect(GenServer.call(pid, {:add, 0})) # => 1000
