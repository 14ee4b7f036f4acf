Process.flag(:trap_exit, true)
Process.exit(self(), :me)
IO.inspect((receive do {:EXIT, p, r} -> {p == self(), r} end)) # => {true, :me}
