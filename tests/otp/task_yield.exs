t = Task.async(fn -> Process.sleep(50); :done end)
IO.inspect(Task.yield(t, 1)) # => nil
IO.inspect(Task.yield(t, 5000)) # => {:ok, :done}
t2 = Task.async(fn -> Process.sleep(:infinity) end)
IO.inspect(Task.yield(t2, 5) || Task.shutdown(t2)) # => nil
t3 = Task.async(fn -> Process.sleep(:infinity) end)
IO.inspect(Task.shutdown(t3, :brutal_kill)) # => nil
# flags: --virtual-time
