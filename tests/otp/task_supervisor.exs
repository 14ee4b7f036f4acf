# flags: --virtual-time
:logger.set_primary_config(:level, :none)
{:ok, sup} = Task.Supervisor.start_link()
t = Task.Supervisor.async(sup, fn -> :from_task end)
IO.inspect(Task.await(t)) # => :from_task
t = Task.Supervisor.async_nolink(sup, fn -> exit(:broken) end)
IO.inspect(Task.yield(t, 1000)) # => {:exit, :broken}
{:ok, pid} = Task.Supervisor.start_child(sup, fn -> Process.sleep(:infinity) end)
IO.inspect(Task.Supervisor.children(sup) == [pid]) # => true
