# SPDX-License-Identifier: Apache-2.0
# Stresses: GenServer.call: monitor, send, receive by reference, dispatch, reply, demonitor.
defmodule Server do
  use GenServer

  def init(n), do: {:ok, n}
  def handle_call({:add, k}, _from, n), do: {:reply, n + k, n + k}

  def calls(pid, 0), do: GenServer.call(pid, {:add, 0})

  def calls(pid, n) do
    GenServer.call(pid, {:add, 1})
    calls(pid, n - 1)
  end
end

{:ok, pid} = GenServer.start_link(Server, 0)
IO.puts(Server.calls(pid, 500_000))
