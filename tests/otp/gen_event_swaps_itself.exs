# A handler that swaps itself gives its place in the row to the new one, from an event or a call; who supervises it hears of a failure.
defmodule Handler do
  def init({_args, :fail}), do: {:error, :refused}
  def init({:new, _old}), do: {:ok, :new}
  def init(state), do: {:ok, state}
  def handle_event({:swap, id, new}, id), do: {:swap_handler, :old, id, {Handler, new}, :new}
  def handle_event(_, state), do: {:ok, state}
  def handle_call({:swap, new}, state), do: {:swap_handler, :swapped, :old, state, {Handler, new}, :new}
  def terminate(_, :doomed), do: :fail
  def terminate(_, _), do: :gone
end

Logger.configure(level: :none)
{:ok, pid} = :gen_event.start()
for id <- 1..3, do: :gen_event.add_handler(pid, {Handler, id}, id)
IO.inspect(:gen_event.call(pid, {Handler, 2}, {:swap, :two})) # => :swapped
IO.inspect(:gen_event.which_handlers(pid)) # => [{Handler, 3}, {Handler, :two}, {Handler, 1}]
:gen_event.sync_notify(pid, {:swap, 3, :three})
IO.inspect(:gen_event.which_handlers(pid)) # => [{Handler, :three}, {Handler, :two}, {Handler, 1}]
:gen_event.add_sup_handler(pid, {Handler, :d}, :doomed)
:gen_event.sync_notify(pid, {:swap, :doomed, :next})
IO.inspect(:gen_event.which_handlers(pid)) # => [{Handler, :three}, {Handler, :two}, {Handler, 1}]
receive do {:gen_event_EXIT, {Handler, :d}, {:swapped, new, _}} -> IO.inspect(new) end # => {Handler, :next}
receive do {:gen_event_EXIT, who, reason} -> IO.inspect({who, reason}) end # => {{Handler, :next}, :crash}
