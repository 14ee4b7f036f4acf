# The same processes closing the same cycle again, from whichever side, are told of once.
# differs: Elixir does not explain
# cmd: timeout 20 "$PHIAL" --virtual-time "$FILE" 2> "$TMP/err"; grep -c 'a cycle of calls' "$TMP/err"; grep -c ' calls #PID' "$TMP/err"
# => done
# => 1
# => 2
defmodule Pair do
  use GenServer
  def init(x), do: {:ok, x}
  def handle_call({:ask, a, b}, _from, s), do: {:reply, ask(a, {:ask, b, a}), s}
  def ask(pid, request) do
    GenServer.call(pid, request, 20)
  catch
    :exit, _ -> :gave_up
  end
end
:logger.set_primary_config(:level, :none)
{:ok, a} = GenServer.start(Pair, 0)
{:ok, b} = GenServer.start(Pair, 0)
for {x, y} <- [{a, b}, {b, a}, {a, b}] do
  Pair.ask(x, {:ask, y, x})
  Process.sleep(100)
end
IO.puts("done")
