r = Process.send_after(self(), :never, 60_000)
IO.inspect(Process.cancel_timer(r, async: true)) # => :ok
receive do
  {:cancel_timer, ^r, left} -> IO.inspect(left in 50_000..60_000) # => true
end
IO.inspect(:erlang.read_timer(r, async: true)) # => :ok
receive do
  {:read_timer, ^r, left} -> IO.inspect(left) # => false
end
IO.inspect(Process.cancel_timer(r, async: true, info: false)) # => :ok
