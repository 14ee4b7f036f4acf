Process.flag(:trap_exit, true)
pid = spawn_link(fn -> exit(:reason) end)
IO.inspect((receive do {:EXIT, ^pid, r} -> r end)) # => :reason
