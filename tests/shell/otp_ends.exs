# What the shell says when a linked process ends its own: which one, why, who else is linked; what a supervisor did; why a call timed out.
# differs: Elixir does not explain
# cmd: . "${FILE%/*}/screen.sh"
# cmd: echo 'defmodule C do use GenServer; def start_link(n), do: GenServer.start_link(__MODULE__, n, name: n); def init(n), do: {:ok, n}; def handle_call(:slow, _, n), do: (Process.sleep(5000); {:reply, n, n}) end' > "$TMP/c.ex"
# cmd: open 240 60 "$PHIAL iex -r $TMP/c.ex"
# cmd: await 'iex(1)>'
# cmd: type 'Supervisor.start_link([%{id: :a, start: {C, :start_link, [A]}}, {C, B}], strategy: :rest_for_one, name: Top); nil'; key Enter; await 'iex(2)>'
# cmd: type 'Process.exit(Process.whereis(A), :kill)'; key Enter; await 'within 5 seconds'; await 'iex(3)>'
# cmd: type 'GenServer.call(B, :slow, 10)'; key Enter; await 'its queue'
# cmd: type 'Agent.start_link(fn -> 1 end, name: Linked); spawn_link(fn -> exit(:bad) end)'; key Enter; await 'make no link'; await 'iex(1)> '
# cmd: type 'Process.exit(self(), :kill)'; key Enter; await 'cannot be caught'
# cmd: screen | grep -E 'explained|had ended|EXIT|exit\)|busy|queue|ended|links|killed' | grep -vE 'iex|Last' | sed -E 's,.tmp.[^ ]*c.ex,c.ex,; s/#PID<[0-9.]*>/#PID<>/g; s/for [0-9.]+ ms/for N ms/'
# => ** explained: supervisor #PID<> (Top) has started child :a again as #PID<>, and with it C as #PID<>
# =>    it had ended: killed; restart 1 of at most 3 within 5 seconds
# => ** (exit) exited in: GenServer.call(B, :slow, 10)
# =>     ** (EXIT) time out
# => ** explained: no reply of #PID<> (B) within 10 ms
# =>    #PID<> (B) has been busy for N ms since it took its last message: it waits in Process.sleep/1, called in C.handle_call/3 (c.ex:1)
# =>    its queue: 0 messages; this request is not among them: it was taken and is not answered yet
# => ** (EXIT from #PID<>) shell process exited with reason: :bad
# => #PID<> ended with the reason :bad. It was linked to the shell's process #PID<>, so that one ended too.
# => Its own links pass that on: to #PID<> (Linked), #PID<> (Top).
# => ** (EXIT from #PID<>) shell process exited with reason: killed
# => Somebody killed the shell's process #PID<>: exit(pid, :kill) cannot be caught.
