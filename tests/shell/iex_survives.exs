# A linked process that dies ends the evaluator, not the session: the reason is told, variables are gone, modules remain.
# cmd: . "${FILE%/*}/iex_piped.sh"
x = 1
defmodule Kept do
  def f, do: :kept
end |> elem(1)
spawn_link(fn -> exit(:bad) end); Process.sleep(:infinity)
x
Kept.f()
exit(:kill)
Process.exit(self(), :kill); Process.sleep(:infinity)
Process.exit(self(), :normal); 5
Process.flag(:trap_exit, true)
spawn_link(fn -> exit({:shutdown, :x}) end); Process.sleep(20)
flush
Process.flag(:trap_exit, false)
spawn_link(fn -> exit({:shutdown, :x}) end); Process.sleep(:infinity)
spawn_link(fn -> exit(:shutdown) end); Process.sleep(:infinity)
spawn_link(fn -> exit(:normal) end); Process.sleep(20)
spawn_link(fn -> exit({%ArgumentError{message: "told"}, []}) end); Process.sleep(:infinity)
y = 2
respawn
y
GenServer.call(self(), :x)
GenServer.call(:nobody, :x)
GenServer.stop(:nobody)
System.halt(0)
