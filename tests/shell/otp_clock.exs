# differs: Elixir has no IEx.OTP
# flags: --virtual-time
# stress: turns of one reduction make work take time, and each tick a little late
# The virtual clock is shown, stopped and advanced; timers on the way fire in their order and at their times.
import IEx.OTP
clock(:stop) # => virtual clock: 0.000 s since the start, stopped; no timer is armed
start = System.monotonic_time(:millisecond)
me = self()
spawn(fn -> for i <- 1..100, do: (Process.sleep(1000); send(me, {:tick, i, System.monotonic_time(:millisecond) - start})) end)
Process.send_after(self(), :alarm, 2500)
:erlang.yield()
for _ <- 1..1000, do: :erlang.yield()
IO.inspect(System.monotonic_time(:millisecond) - start) # => 0
clock(3000) # => virtual clock: 3.000 s since the start, stopped; 1 timer is armed, due in 1000 ms
IO.inspect(Process.info(self(), :messages)) # => {:messages, [{:tick, 1, 1000}, {:tick, 2, 2000}, :alarm, {:tick, 3, 3000}]}
clock() # => virtual clock: 3.000 s since the start, stopped; 1 timer is armed, due in 1000 ms
clock(7000) # => virtual clock: 10.000 s since the start, stopped; 1 timer is armed, due in 1000 ms
IO.inspect(length(elem(Process.info(self(), :messages), 1))) # => 11
clock(:run) # => virtual clock: 10.000 s since the start, running; 1 timer is armed, due in 1000 ms
Process.sleep(100_000)
IO.inspect(length(elem(Process.info(self(), :messages), 1))) # => 101
