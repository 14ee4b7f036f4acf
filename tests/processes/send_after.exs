ref = Process.send_after(self(), :tick, 20)
IO.inspect(is_reference(ref)) # => true
IO.inspect(is_integer(Process.read_timer(ref))) # => true
IO.inspect((receive do :tick -> :ticked after 1000 -> :late end)) # => :ticked
IO.inspect(Process.read_timer(ref)) # => false
# flags: --virtual-time
