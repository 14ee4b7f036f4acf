# differs: Elixir has no IEx.OTP
# A paused process keeps its mailbox, takes one message a step, and goes on when it is resumed.
defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:value, _, n), do: {:reply, n, n}
  def handle_cast(:inc, n), do: {:noreply, n + 1}
  def handle_cast(:spin, n), do: {:noreply, Enum.reduce(1..100_000, n, fn _, n -> n end)}
  def handle_cast(:stop, n), do: {:stop, :normal, n}
end

import IEx.OTP
{:ok, pid} = GenServer.start(Counter, 0, name: :counter)
step(:counter) # => :counter is not paused
resume(:counter) # => :counter is not paused
pause(:counter) # => :counter is paused
pause(pid) # => :counter is paused already
for message <- [:inc, :inc, :spin], do: GenServer.cast(:counter, message)
mailbox(pid)
# => 1. {:"$gen_cast", :inc}
# => 2. {:"$gen_cast", :inc}
# => 3. {:"$gen_cast", :spin}
step(:counter) # => :counter took cast :inc; 2 messages wait
IO.inspect(IEx.OTP.Processes.step(pid)) # => {:message, {:"$gen_cast", :inc}}
step(:counter) # => :counter took cast :spin
IO.inspect(IEx.OTP.Processes.step(pid)) # => :waits
IO.inspect(Process.info(pid, [:status, :message_queue_len])) # => [status: :suspended, message_queue_len: 0]
resume(:counter) # => :counter runs
IO.inspect(GenServer.call(:counter, :value)) # => 2
pause(:counter) # => :counter is paused
step(:counter) # => :counter waits for a message
GenServer.cast(:counter, :stop)
step(:counter) # => :counter has ended
IO.inspect(Process.alive?(pid)) # => false
pause(self()) # => the shell needs #PID<>: it cannot be paused
try do
  pause(:counter)
rescue
  e -> IO.puts(Exception.message(e)) # => there is no process :counter
end

# A receive with a time-out of nothing sees all its messages, stepped or not.
echo = spawn(fn ->
  receive do :go -> :ok end
  count = fn count, n -> receive do _ -> count.(count, n + 1) after 0 -> n end end
  exit({:counted, count.(count, 0)})
end)

ref = Process.monitor(echo)
Process.sleep(1)
pause(echo) # => #PID<> is paused
for m <- [:go, 1, 2, 3], do: send(echo, m)
steps = Stream.repeatedly(fn -> IEx.OTP.Processes.step(echo) end) |> Enum.take(5)
IO.inspect(steps) # => [{:message, :go}, {:message, 1}, {:message, 2}, {:message, 3}, :exit]
receive do {:DOWN, ^ref, _, _, reason} -> IO.inspect(reason) end # => {:counted, 3}
