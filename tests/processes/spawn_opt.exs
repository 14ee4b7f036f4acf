IO.inspect(is_pid(Process.spawn(fn -> :ok end, []))) # => true
{pid, ref} = Process.spawn(fn -> :ok end, [:monitor])
IO.inspect((receive do {:DOWN, ^ref, _, ^pid, r} -> r end)) # => :normal
