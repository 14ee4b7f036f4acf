# SPDX-License-Identifier: Apache-2.0
# Stresses: GenServer casts, 400,000 of them, and a call to end.
defmodule S do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
  def handle_call(:get, _, n), do: {:reply, n, n}
end
{:ok, s} = GenServer.start_link(S, 0)
for _ <- 1..4 do
  for i <- 1..100_000, do: GenServer.cast(s, {:add, i})
  GenServer.call(s, :get)
end |> IO.inspect()
