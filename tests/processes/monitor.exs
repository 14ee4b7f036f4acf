{pid, ref} = spawn_monitor(fn -> exit({:shutdown, :x}) end)
{^pid, reason} = (receive do {:DOWN, ^ref, :process, p, reason} -> {p, reason} end)
IO.inspect(reason) # => {:shutdown, :x}
