# A handler that removes itself is terminated before its supervising process is told.
defmodule H do
  def init(pid), do: {:ok, pid}
  def handle_event(:leave, _), do: :remove_handler
  def handle_call(_, pid), do: {:ok, :ok, pid}
  def terminate(reason, pid), do: send(pid, {:terminate, reason})
end

{:ok, manager} = :gen_event.start_link()
:gen_event.add_sup_handler(manager, H, self())
:gen_event.sync_notify(manager, :leave)
for _ <- 1..2, do: IO.inspect(receive(do: (message -> message)))
# => {:terminate, :remove_handler}
# => {:gen_event_EXIT, H, :normal}
