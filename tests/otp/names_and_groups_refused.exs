# A process has one global name; what process groups, timers and traces refuse, and the events of new processes.
Logger.configure(level: :none)
IO.inspect(:global.register_name(:one, self())) # => :yes
IO.inspect(:global.register_name(:two, self())) # => :no
IO.inspect(:global.whereis_name(:two)) # => :undefined
:global.unregister_name(:one)
IO.inspect(:global.register_name(:two, self())) # => :yes

{:ok, _} = :pg.start(:scope)
{ref, %{}} = :pg.monitor_scope(:scope)
IO.inspect(:pg.demonitor(:scope, ref)) # => :ok
IO.inspect(:pg.demonitor(:scope, ref)) # => false
try do :pg.join(:scope, :group, [self(), :nobody]) catch :error, reason -> IO.inspect(reason) end # => {:nolocal, :nobody}

IO.inspect(:timer.send_after(1, "nobody", :hi)) # => {:error, :badarg}
IO.inspect(:timer.send_interval(1, "nobody", :hi)) # => {:error, :badarg}

for arguments <- [[:nobody, true, [:send]], [self(), true, [:wrong]]] do
  try do apply(:erlang, :trace, arguments) rescue error -> IO.puts(error.message |> String.split("* ") |> List.last() |> String.trim()) end
end
# => 1st argument: invalid spec for pid or port
# => 3rd argument: invalid option in list
:erlang.trace(:new_processes, true, [:procs])
pid = spawn(fn -> :ok end)
receive do {:trace, ^pid, event, from, {:erlang, :apply, _}} -> IO.inspect({event, from == self()}) end # => {:spawned, true}
receive do {:trace, ^pid, event, reason} -> IO.inspect({event, reason}) end # => {:exit, :normal}
:erlang.trace(:new_processes, false, [:all])
