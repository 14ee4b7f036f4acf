r = try do
  GenServer.call(:nobody, :x)
catch
  :exit, e -> e
end
IO.inspect(r) # => {:noproc, {GenServer, :call, [:nobody, :x, 5000]}}
pid = spawn(fn -> :ok end)
Process.sleep(20)
r = try do
  GenServer.call(pid, :x)
catch
  :exit, {e, _} -> e
end
IO.inspect(r) # => :noproc
# flags: --virtual-time
