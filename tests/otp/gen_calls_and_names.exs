# Erlang's call functions: to oneself, by {:global, name}, with a bad time; start_monitor; stop of what is no server.
# flags: --virtual-time
Logger.configure(level: :none)
why = fn fun -> (try do fun.() catch :exit, {reason, {m, f, _}} -> {reason, m, f}; :exit, reason -> reason end) end
for module <- [:gen_server, :gen_statem], do: IO.inspect(why.(fn -> module.call(self(), :x, 50) end))
# => {:calling_self, :gen_server, :call}
# => {:calling_self, :gen_statem, :call}
IO.inspect(why.(fn -> :gen_event.call(self(), Handler, :x) end)) # => {:calling_self, :gen_event, :call}
IO.inspect(why.(fn -> :sys.get_state(self()) end)) # => {:calling_self, :sys, :get_state}
IO.inspect(why.(fn -> :gen_server.stop(self()) end)) # => {:calling_self, :sys, :terminate}
{{reason, _stack}, _, _} = why.(fn -> :gen_server.call(self(), :x, :soon) end)
IO.inspect(reason) # => :function_clause
{:ok, pid} = :gen_server.start({:global, :counter}, Agent.Server, fn -> 1 end, [])
IO.inspect(:gen_server.call({:global, :counter}, {:get, fn x -> x end})) # => 1
IO.inspect(:sys.get_state({:global, :counter})) # => 1
IO.inspect(:gen_server.stop({:global, :counter})) # => :ok
IO.inspect(Process.alive?(pid)) # => false
{:ok, {pid, ref}} = :gen_server.start_monitor(Agent.Server, fn -> 1 end, [])
Agent.stop(pid)
receive do {:DOWN, ^ref, _, ^pid, reason} -> IO.inspect(reason) end # => :normal
IO.inspect(:gen_server.start_monitor(Agent.Server, fn -> exit(:bad) end, [])) # => {:error, :bad}
IO.inspect(Process.info(self(), :message_queue_len)) # => {:message_queue_len, 0}
pid = spawn(fn -> Process.sleep(20); exit(:other) end)
IO.inspect(why.(fn -> :proc_lib.stop(pid, :x, 100) end)) # => {:other, :sys, :terminate}
pid = spawn(fn -> Process.sleep(:infinity) end)
IO.inspect(why.(fn -> :proc_lib.stop(pid, :x, 10) end)) # => :timeout
IO.inspect(why.(fn -> :proc_lib.stop(:nobody) end)) # => :noproc
