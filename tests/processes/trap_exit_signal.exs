parent = self()
pid = spawn(fn ->
  Process.flag(:trap_exit, true)
  send(parent, :ready)
  receive do {:EXIT, from, reason} -> send(parent, {from == parent, reason}) end
end)
receive do :ready -> :ok end
Process.exit(pid, :hello)
IO.inspect((receive do x -> x end)) # => {true, :hello}
