{pid, ref} = spawn_monitor(fn ->
  Process.register(self(), :short)
end)
receive do {:DOWN, ^ref, _, _, _} -> :ok end
IO.inspect({Process.whereis(:short), Process.alive?(pid)}) # => {nil, false}
