# SPDX-License-Identifier: Apache-2.0
# Stresses: processes that live for one message: spawn, send, receive, exit.
defmodule SpawnReply do
  def run(0, sum), do: sum

  def run(n, sum) do
    parent = self()
    pid = spawn(fn -> send(parent, {self(), n * 2}) end)

    receive do
      {^pid, x} -> run(n - 1, sum + x)
    end
  end
end

IO.puts(SpawnReply.run(500_000, 0))
