# The tasks of a parallel dispatch leave nothing in the mailbox of a caller that traps exits.
# flags: --virtual-time
{:ok, _} = Registry.start_link(keys: :duplicate, name: D, partitions: 2)
Process.flag(:trap_exit, true)
for _ <- 1..3, do: Registry.register(D, :k, 1)
me = self()
Registry.dispatch(D, :k, fn entries -> send(me, {:entries, length(entries)}) end, parallel: true)
Process.sleep(10)
IO.inspect(Process.info(me, :messages)) # => {:messages, [entries: 3]}
