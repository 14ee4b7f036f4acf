ref = Process.send_after(self(), :tick, 5000)
IO.inspect(is_integer(Process.cancel_timer(ref))) # => true
IO.inspect(Process.cancel_timer(ref)) # => false
IO.inspect((receive do :tick -> :ticked after 10 -> :cancelled end)) # => :cancelled
