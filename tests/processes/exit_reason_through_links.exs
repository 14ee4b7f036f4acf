Process.flag(:trap_exit, true)
a = spawn_link(fn ->
  b = spawn_link(fn -> receive do :go -> exit(:deep) end end)
  send(b, :go)
  Process.sleep(:infinity)
end)
IO.inspect((receive do {:EXIT, ^a, r} -> r end)) # => :deep
# flags: --virtual-time
