# differs: Elixir has no --virtual-time
# flags: --virtual-time
t = System.monotonic_time(:millisecond)
Process.send_after(self(), :a, 3_600_000)
Process.send_after(self(), :b, 7_200_000)
IO.inspect(receive do x -> x end) # => :a
IO.inspect(receive do x -> x end) # => :b
Process.sleep(86_400_000)
IO.inspect(div(System.monotonic_time(:millisecond) - t, 3_600_000)) # => 26
