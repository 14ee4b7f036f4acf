t = System.monotonic_time(:millisecond)
IO.inspect(Process.sleep(30)) # => :ok
IO.inspect(System.monotonic_time(:millisecond) - t >= 30) # => true
