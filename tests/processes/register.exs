pid = spawn(fn -> receive do :stop -> :ok end end)
IO.inspect(Process.register(pid, :me)) # => true
IO.inspect(Process.whereis(:me) == pid) # => true
IO.inspect(:me in Process.registered()) # => true
send(:me, :other)
IO.inspect(Process.unregister(:me)) # => true
IO.inspect(Process.whereis(:me)) # => nil
try do
  Process.register(pid, :me)
  Process.register(self(), :me)
rescue
  e in ArgumentError -> IO.puts(String.slice(Exception.message(e), 0, 23)) # => could not register #PID
end
