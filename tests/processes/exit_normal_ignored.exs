pid = spawn(fn -> receive do :stop -> exit(:stopped) end end)
ref = Process.monitor(pid)
Process.exit(pid, :normal)
send(pid, :stop)
IO.inspect((receive do {:DOWN, ^ref, _, _, r} -> r end)) # => :stopped
