# SPDX-License-Identifier: Apache-2.0
# Stresses: selective receive with 20,000 messages in front that match nothing.
defmodule Selective do
  def fill(0), do: :ok

  def fill(n) do
    send(self(), {:noise, n})
    fill(n - 1)
  end

  def echo do
    receive do
      {:echo, from, n} ->
        send(from, {:answer, n})
        echo()
    end
  end

  def ask(_pid, 0, sum), do: sum

  def ask(pid, n, sum) do
    send(pid, {:echo, self(), n})

    receive do
      {:answer, x} -> ask(pid, n - 1, sum + x)
    end
  end

  def drain(n) do
    receive do
      {:noise, _} -> drain(n + 1)
    after
      0 -> n
    end
  end
end

Selective.fill(20_000)
pid = spawn(&Selective.echo/0)
IO.puts(Selective.ask(pid, 10_000, 0))
IO.puts(Selective.drain(0))
