# Two ask at the same time to stop an application that takes its time: one stopped it, the other came late.
# flags: --virtual-time
defmodule Slow do
  use Application
  def start(_, _), do: Agent.start_link(fn -> Process.flag(:trap_exit, true) end) |> then(fn {:ok, pid} -> {:ok, pid} end)
  def prep_stop(state), do: (Process.sleep(20); state)
end
:application.load({:application, :slow, [applications: [], mod: {Slow, []}]})
Logger.configure(level: :none)
IO.inspect(Application.start(:slow)) # => :ok
tasks = for _ <- 1..2, do: Task.async(fn -> Application.stop(:slow) end)
IO.inspect(Enum.sort(Task.await_many(tasks))) # => [:ok, {:error, {:not_started, :slow}}]
IO.inspect(Application.stop(:slow)) # => {:error, {:not_started, :slow}}
