{pid, ref} = spawn_monitor(fn -> :ok end)
receive do {:DOWN, ^ref, _, _, _} -> :ok end
Process.monitor(pid)
IO.inspect((receive do {:DOWN, _, :process, ^pid, r} -> r end)) # => :noproc
