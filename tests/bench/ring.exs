# SPDX-License-Identifier: Apache-2.0
# Stresses: a message that goes round a ring of 1,000 processes.
defmodule Ring do
  def pass(next) do
    receive do
      {:token, n} = message when n > 0 -> send(next, put_elem(message, 1, n - 1)) && pass(next)
      {:token, 0} -> send(:main, :done)
    end
  end

  def start(size, rounds) do
    Process.register(self(), :main)
    first = spawn(fn -> close() end)
    last = Enum.reduce(2..size, first, fn _, next -> spawn(fn -> pass(next) end) end)
    send(first, {:next, last})
    send(first, {:token, size * rounds})

    receive do
      :done -> IO.puts("#{size * rounds} hops")
    end
  end

  defp close do
    receive do
      {:next, next} -> pass(next)
    end
  end
end

Ring.start(1000, 2000)
