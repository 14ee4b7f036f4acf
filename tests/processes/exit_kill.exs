pid = spawn(fn ->
  Process.flag(:trap_exit, true)
  Process.sleep(:infinity)
end)
ref = Process.monitor(pid)
Process.exit(pid, :kill)
IO.inspect((receive do {:DOWN, ^ref, _, _, r} -> r end)) # => :killed
# flags: --virtual-time
