:logger.set_primary_config(:level, :none)
Process.flag(:trap_exit, true)
t = Task.async(fn -> raise "task died" end)
r = try do
  Task.await(t)
catch
  :exit, {{e, _}, {Task, :await, _}} -> e
end
IO.inspect(r) # => %RuntimeError{message: "task died"}
