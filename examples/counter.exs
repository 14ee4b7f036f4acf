# SPDX-License-Identifier: Apache-2.0
# A counter made by hand: a process is a function that waits for messages and calls itself with the new state.
# The client half only sends; the server half only receives. No library is involved.

defmodule Counter do
  # Client: what other processes call.

  def start_link(initial) do
    {:ok, spawn_link(fn -> listen(initial) end)}
  end

  def inc(pid), do: send(pid, :inc)
  def dec(pid), do: send(pid, :dec)

  # A fresh reference ties the answer to this question; ^ref matches nothing else.
  def val(pid, timeout \\ 5000) do
    ref = make_ref()
    send(pid, {:val, self(), ref})

    receive do
      {^ref, value} -> value
    after
      timeout -> exit(:timeout)
    end
  end

  # Server: a loop that is a tail call, so it can run for ever.

  defp listen(value) do
    receive do
      :inc ->
        listen(value + 1)

      :dec ->
        listen(value - 1)

      {:val, sender, ref} ->
        send(sender, {ref, value})
        listen(value)
    end
  end
end

{:ok, counter} = Counter.start_link(0)
IO.puts("starts at #{Counter.val(counter)}")

Counter.inc(counter)
Counter.inc(counter)
IO.puts("after two inc: #{Counter.val(counter)}")

Counter.dec(counter)
IO.puts("after one dec: #{Counter.val(counter)}")

# A thousand processes count at once. Each message arrives whole, so nothing is lost and nothing needs a lock.
parent = self()

for _ <- 1..1000 do
  spawn_link(fn ->
    Counter.inc(counter)
    send(parent, :done)
  end)
end

for _ <- 1..1000 do
  receive do
    :done -> :ok
  end
end

IO.puts("after a thousand writers: #{Counter.val(counter)}")

# A process that nobody answers for: the time-out is the caller's exit.
silent = spawn_link(fn -> Process.sleep(:infinity) end)

try do
  Counter.val(silent, 20)
catch
  :exit, reason -> IO.puts("no answer: #{inspect(reason)}")
end
