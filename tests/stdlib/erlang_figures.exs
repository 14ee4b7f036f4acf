IO.inspect(Keyword.keys(:erlang.memory()) |> Enum.take(4)) # => [:total, :processes, :processes_used, :system]
IO.inspect(:erlang.memory(:total) > 0) # => true
{total, since} = :erlang.statistics(:reductions)
IO.inspect(total >= since) # => true
IO.inspect(is_integer(:erlang.statistics(:run_queue))) # => true
parent = self()
pid = :erlang.spawn(node(), fn -> send(parent, :there) end)
receive do
  :there -> IO.inspect(is_pid(pid)) # => true
end
ref = :erlang.spawn_request(fn -> :ok end)
receive do
  {:spawn_reply, ^ref, :ok, pid} -> IO.inspect(is_pid(pid)) # => true
end
IO.inspect(:erlang.convert_time_unit(1500, :millisecond, :second)) # => 1
try do
  :lists.merge([1 | 2])
rescue
  e -> IO.inspect(e.__struct__) # => FunctionClauseError
end
IO.inspect(Float.round(-0.2)) # => 0.0
IO.inspect(Keyword.equal?([a: 1, a: 2], [a: 2, a: 1])) # => true

# The run time is the processor's: who sleeps does not use it.
{before, _} = :erlang.statistics(:runtime)
Process.sleep(200)
{later, since} = :erlang.statistics(:runtime)
IO.inspect({later - before < 150, since == later - before}) # => {true, true}
