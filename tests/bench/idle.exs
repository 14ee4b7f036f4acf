# SPDX-License-Identifier: Apache-2.0
# Stresses: memory: 200,000 processes that wait, then all end.
defmodule Idle do
  def wait do
    receive do
      {:stop, from} -> send(from, :stopped)
    end
  end
end

pids = for _ <- 1..200_000, do: spawn(&Idle.wait/0)
IO.puts(length(pids))
Enum.each(pids, &send(&1, {:stop, self()}))

for _ <- pids do
  receive do
    :stopped -> :ok
  end
end

IO.puts("all stopped")
