Process.flag(:trap_exit, true)
{pid, ref} = spawn_monitor(fn -> :ok end)
receive do {:DOWN, ^ref, _, _, _} -> :ok end
IO.inspect(Process.link(pid)) # => true
IO.inspect((receive do {:EXIT, ^pid, r} -> r end)) # => :noproc
