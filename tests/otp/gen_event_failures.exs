# What a handler's terminate and its supervisor are told when a callback fails; the same handler may be added twice.
defmodule Handler do
  @behaviour :gen_event
  def init(x), do: {:ok, x}
  def handle_event(:exit, _), do: exit(:bye)
  def handle_event(:bad, _), do: :no_answer
  def handle_event(e, s), do: (IO.inspect({e, s}); {:ok, s})
  def handle_call(:exit, _), do: exit(:in_call)
  def terminate(why, _), do: IO.inspect({:terminate, why})
end

Logger.configure(level: :none)
{:ok, manager} = :gen_event.start()

for event <- [:exit, :bad] do
  :gen_event.add_sup_handler(manager, Handler, 1)
  :gen_event.sync_notify(manager, event)

  receive do
    {:gen_event_EXIT, Handler, reason} -> IO.inspect(reason)
  end
end

# => {:terminate, {:error, {:EXIT, :bye}}}
# => {:EXIT, :bye}
# => {:terminate, {:error, :no_answer}}
# => :no_answer
IO.inspect(:gen_event.add_handler(manager, Handler, 1)) # => :ok
IO.inspect(:gen_event.add_handler(manager, Handler, 2)) # => :ok
# => {:hello, 2}
# => {:hello, 1}
:gen_event.sync_notify(manager, :hello)
# => {:terminate, {:error, {:EXIT, :in_call}}}
IO.inspect(:gen_event.call(manager, Handler, :exit)) # => {:error, {:EXIT, :in_call}}
IO.inspect(:gen_event.which_handlers(manager)) # => [Handler]
