pid = spawn_link(fn -> :ok end)
ref = Process.monitor(pid)
receive do {:DOWN, ^ref, _, _, r} -> IO.inspect(r) end # => :normal
IO.inspect(:still_here) # => :still_here
