pid = spawn(fn -> receive do :stop -> :ok end end)
IO.inspect(Process.info(pid, :status) |> elem(0)) # => :status
IO.inspect(Process.info(self(), :message_queue_len)) # => {:message_queue_len, 0}
send(self(), :a)
IO.inspect(Process.info(self(), :message_queue_len)) # => {:message_queue_len, 1}
IO.inspect(Process.info(self(), :messages)) # => {:messages, [:a]}
IO.inspect(Process.info(self(), :trap_exit)) # => {:trap_exit, false}
Process.register(self(), :info_me)
IO.inspect(Process.info(self(), :registered_name)) # => {:registered_name, :info_me}
Process.exit(pid, :kill)
Process.sleep(20)
IO.inspect(Process.info(pid)) # => nil
IO.inspect(Process.info(self()) |> Keyword.take([:registered_name, :status, :trap_exit])) # => [registered_name: :info_me, status: :running, trap_exit: false]
# flags: --virtual-time
