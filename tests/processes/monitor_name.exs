Process.register(spawn(fn -> receive do :stop -> :ok end end), :worker)
ref = Process.monitor(:worker)
send(:worker, :stop)
IO.inspect((receive do {:DOWN, ^ref, :process, {:worker, n}, r} -> {n == node(), r} end)) # => {true, :normal}
ref2 = Process.monitor(:nobody_here)
IO.inspect((receive do {:DOWN, ^ref2, :process, {:nobody_here, _}, r} -> r end)) # => :noproc
