Process.flag(:trap_exit, true)
pid = spawn_link(fn -> receive do :stop -> :ok end end)
{:links, l} = Process.info(self(), :links)
IO.inspect(pid in l) # => true
{:monitored_by, m} = Process.info(pid, :monitored_by)
IO.inspect(m) # => []
Process.monitor(pid)
{:monitored_by, m} = Process.info(pid, :monitored_by)
IO.inspect(m == [self()]) # => true
