pid = spawn(fn -> Process.sleep(:infinity) end)
ref = Process.monitor(pid)
IO.inspect(Process.exit(pid, :because)) # => true
IO.inspect((receive do {:DOWN, ^ref, _, _, r} -> r end)) # => :because
# flags: --virtual-time
