# An exit of :sys names the call as it was made; a change of code needs a suspended process.
pid = spawn(fn -> Process.sleep(:infinity) end)

for fun <- [fn -> :sys.get_state(pid, 5) end, fn -> :sys.suspend(pid, 5) end, fn -> :sys.get_status(:nobody) end, fn -> :sys.get_state(:nobody, 7) end] do
  try do
    fun.()
  catch
    :exit, {reason, {:sys, name, args}} -> IO.inspect({reason, name, Enum.map(args, &(if is_pid(&1), do: :pid, else: &1))})
  end
end

# => {:timeout, :get_state, [:pid, 5]}
# => {:timeout, :suspend, [:pid, 5]}
# => {:noproc, :get_status, [:nobody]}
# => {:noproc, :get_state, [:nobody, 7]}
{:ok, agent} = Agent.start(fn -> 1 end)
IO.inspect(:sys.change_code(agent, Agent.Server, 1, 2)) # => {:error, {:unknown_system_msg, {:change_code, Agent.Server, 1, 2}}}
