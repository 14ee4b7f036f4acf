IO.inspect(Process.flag(:trap_exit, true)) # => false
IO.inspect(Process.flag(:trap_exit, false)) # => true
IO.inspect(Process.flag(:priority, :high)) # => :normal
IO.inspect(Process.flag(:priority, :normal)) # => :high
