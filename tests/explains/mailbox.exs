# A mailbox that only grows is warned about once, with its main senders; one that is emptied is not.
# differs: Elixir does not explain
# flags: --virtual-time
defmodule Sink do
  def loop do
    receive do
      :never -> loop()
    end
  end
end
sink = spawn(&Sink.loop/0)
for i <- 1..30_000, do: send(self(), {:mine, i})
for i <- 1..30_000, do: (receive do {:mine, ^i} -> i end)
flood = fn n -> for(i <- 1..n, do: send(sink, {:tick, i})); Process.sleep(50) end
Task.await(Task.async(fn -> flood.(9_000) end))
for _ <- 1..4, do: flood.(8_000)
IO.inspect(Process.info(sink, :message_queue_len)) # => {:message_queue_len, 41000}
# stderr: ** explained: the mailbox of #PID<> only grows: it holds
# stderr:    main senders since: #PID<> with
# stderr:    it waits in Sink.loop/0 (
