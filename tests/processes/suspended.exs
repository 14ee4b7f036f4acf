# A suspended process receives, but does not run; it goes on where it was.
me = self()
p = spawn(fn -> for _ <- 1..2, do: receive(do: (m -> send(me, {:got, m}))) end)
Process.sleep(5)
IO.inspect(:erlang.suspend_process(p)) # => true
send(p, 1)
IO.inspect(receive do m -> m after 20 -> :nothing end) # => :nothing
IO.inspect(Process.info(p, [:status, :message_queue_len])) # => [status: :suspended, message_queue_len: 1]
IO.inspect(:erlang.resume_process(p)) # => true
IO.inspect(receive do m -> m after 1000 -> :nothing end) # => {:got, 1}
:erlang.suspend_process(p)
Process.exit(p, :kill)
Process.sleep(5)
IO.inspect(Process.alive?(p)) # => false
