pid = spawn(fn -> receive do :stop -> :ok end end)
IO.inspect(Process.alive?(pid)) # => true
ref = Process.monitor(pid)
send(pid, :stop)
receive do {:DOWN, ^ref, _, _, reason} -> IO.inspect(reason) end # => :normal
IO.inspect(Process.alive?(pid)) # => false
