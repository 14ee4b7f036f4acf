# Figures about memory are true ones: tables and binaries count, and another process can be collected.
before = :erlang.memory(:ets)
table = :ets.new(:table, [])
for i <- 1..1000, do: :ets.insert(table, {i, i})
IO.inspect(:erlang.memory(:ets) - before > 16_000) # => true

{count, _words, 0} = :erlang.statistics(:garbage_collection)
:erlang.garbage_collect()
{later, words, 0} = :erlang.statistics(:garbage_collection)
IO.inspect(later > count and words > 0) # => true

pid =
  spawn(fn ->
    Enum.to_list(1..100_000)
    receive do: (:stop -> :ok)
  end)

Process.sleep(50)
{:memory, much} = Process.info(pid, :memory)
IO.inspect(:erlang.garbage_collect(pid)) # => true
{:memory, little} = Process.info(pid, :memory)
IO.inspect(little * 4 < much) # => true
IO.inspect(:erlang.garbage_collect(spawn(fn -> :ok end)) in [true, false]) # => true
