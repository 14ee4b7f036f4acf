parent = self()
pid = spawn(fn -> :erlang.hibernate(Kernel, :send, [parent, :woke]) end)
Process.sleep(10)
send(pid, :x)
IO.inspect((receive do m -> m end)) # => :woke
# flags: --virtual-time
