parent = self()
outer = spawn(fn ->
  spawn_link(fn -> exit(:inner_died) end)
  receive do :never -> :ok end
end)
ref = Process.monitor(outer)
IO.inspect((receive do {:DOWN, ^ref, :process, _, r} -> r end)) # => :inner_died
IO.inspect(parent == self()) # => true
