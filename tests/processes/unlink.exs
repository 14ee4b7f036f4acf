pid = spawn_link(fn -> receive do :go -> exit(:bad) end end)
IO.inspect(Process.unlink(pid)) # => true
ref = Process.monitor(pid)
send(pid, :go)
IO.inspect((receive do {:DOWN, ^ref, _, _, r} -> r end)) # => :bad
