# SPDX-License-Identifier: Apache-2.0
# Stresses: two processes that answer each other, the shortest way from send to receive.
defmodule PingPong do
  def pong do
    receive do
      {:ping, from, n} ->
        send(from, {:pong, n})
        pong()

      :stop ->
        :ok
    end
  end

  def ping(_pid, 0), do: :ok

  def ping(pid, n) do
    send(pid, {:ping, self(), n})

    receive do
      {:pong, ^n} -> ping(pid, n - 1)
    end
  end
end

pid = spawn(&PingPong.pong/0)
IO.inspect(PingPong.ping(pid, 1_000_000))
send(pid, :stop)
