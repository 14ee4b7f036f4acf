pid = spawn(fn -> receive do :stop -> :ok end end)
refs = for _ <- 1..3, do: Process.monitor(pid)
send(pid, :stop)
IO.inspect(Enum.map(refs, fn r -> receive do {:DOWN, ^r, _, _, x} -> x end end)) # => [:normal, :normal, :normal]
