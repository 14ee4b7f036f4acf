# :sys and an event manager: trace, status, handlers by name, states as their modules want them shown.
defmodule Handler do
  def init(x), do: {:ok, x}
  def handle_event(_, x), do: {:ok, x}
  def handle_call(_, x), do: {:ok, x, x}
  def format_status(status), do: %{status | state: {:shown, status.state}}
end

{:ok, pid} = :gen_event.start({:local, :events})
:gen_event.add_handler(pid, Handler, 1)
:gen_event.add_handler(pid, {Handler, :b}, 2)
IO.inspect(:sys.get_state(pid)) # => [{Handler, :b, 2}, {Handler, false, 1}]
IO.inspect(:sys.replace_state(pid, fn {m, id, x} -> {m, id, x + 10} end)) # => [{Handler, :b, 12}, {Handler, false, 11}]
IO.inspect(:gen_event.call(pid, {Handler, :b}, :get)) # => 12
{:status, ^pid, {:module, :gen_event}, [_, _, _, _, shown]} = :sys.get_status(pid)
IO.inspect(elem(shown[:items], 1))
# => [
# =>   {:handler, Handler, :b, {:shown, 12}, false},
# =>   {:handler, Handler, false, {:shown, 11}, false}
# => ]
:sys.trace(pid, true)
:gen_event.notify(pid, :x) # => *DBG* events got event x
:gen_event.call(pid, Handler, :get) # => *DBG* events('Elixir.Handler') got call get
:gen_event.call(pid, {Handler, :b}, :get) # => *DBG* events({'Elixir.Handler',b}) got call get
send(pid, :y) # => *DBG* events got y
:sys.trace(pid, false)
:gen_event.call(pid, Handler, :get)

# What a request answered that its handler did not.
IO.inspect(:gen_event.receive_response(:gen_event.send_request(pid, :nobody, :get), 1000)) # => {:error, :bad_module}
IO.inspect(:gen_event.receive_response(:gen_event.send_request(pid, Handler, :get), 1000)) # => {:reply, 11}
