# Who supervises a handler is told of its end, of a swap, and supervises what came in its place; of equal names the first is meant.
defmodule Handler do
  def init({args, old}) when is_atom(old) or is_tuple(old), do: {:ok, {args, old}}
  def init(state), do: {:ok, state}
  def handle_event({:become, state}, _), do: {:ok, state}
  def handle_event(_, state), do: {:ok, state}
  def handle_call({:become, new}, _), do: {:ok, :ok, new}
  def handle_call(:get, state), do: {:ok, state, state}
  def terminate(args, _), do: {:ended, args}
end
told = fn -> receive do {:gen_event_EXIT, name, reason} -> IO.inspect({name, reason == {:swapped, {Handler, :b}, self()} or reason}) after 10 -> :nothing end end
{:ok, m} = :gen_event.start_link()
:ok = :gen_event.add_sup_handler(m, {Handler, :a}, 1)
:ok = :gen_event.swap_handler(m, {{Handler, :a}, :why}, {{Handler, :b}, :new})
told.() # => {{Handler, :a}, true}
IO.inspect(:gen_event.call(m, {Handler, :b}, :get)) # => {:new, {:ended, :why}}
IO.inspect(:gen_event.delete_handler(m, {Handler, :b}, :x)) # => {:ended, :x}
told.() # => {{Handler, :b}, :normal}
:ok = :gen_event.add_handler(m, Handler, 1)
:ok = :gen_event.add_handler(m, Handler, 1)
:gen_event.call(m, Handler, {:become, 2})
IO.inspect(for {_, _, state} <- :sys.get_state(m), do: state) # => [2, 1]
request = :gen_event.send_request(m, Handler, :get)
IO.inspect(:gen_event.receive_response(request, 1000)) # => {:reply, 2}
:ok = :gen_event.add_sup_handler(m, {Handler, :c}, 1)
:ok = :gen_event.stop(m)
told.() # => {{Handler, :c}, :shutdown}
