Process.flag(:trap_exit, true)
a = spawn_link(fn ->
  spawn_link(fn -> Process.sleep(:infinity) end)
  Process.sleep(:infinity)
end)
Process.exit(a, :kill)
IO.inspect((receive do {:EXIT, ^a, r} -> r end)) # => :killed
# flags: --virtual-time
