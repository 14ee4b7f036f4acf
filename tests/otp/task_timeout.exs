t = Task.async(fn -> Process.sleep(:infinity) end)
r = try do
  Task.await(t, 20)
catch
  :exit, {reason, {m, f, [_, time]}} -> {reason, m, f, time}
end
IO.inspect(r) # => {:timeout, Task, :await, 20}
# flags: --virtual-time
