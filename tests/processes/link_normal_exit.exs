pid = spawn_link(fn -> receive do :go -> :ok end end)
ref = Process.monitor(pid)
send(pid, :go)
receive do {:DOWN, ^ref, _, _, r} -> IO.inspect(r) end # => :normal
IO.inspect(:still_here) # => :still_here
