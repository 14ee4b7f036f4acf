pid = spawn(fn -> receive do :stop -> :ok end end)
ref = Process.monitor(pid)
IO.inspect(Process.demonitor(ref)) # => true
IO.inspect(Process.demonitor(ref, [:flush])) # => true
send(pid, :stop)
IO.inspect((receive do {:DOWN, _, _, _, _} -> :down after 30 -> :nothing end)) # => :nothing
# flags: --virtual-time
