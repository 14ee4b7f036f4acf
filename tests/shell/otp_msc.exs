# differs: Elixir has no IEx.OTP
# flags: --virtual-time
# The messages that a function causes, as a diagram in text, Mermaid and SVG.
defmodule Shop do
  use GenServer
  def init(next), do: {:ok, next}
  def handle_call({:buy, what}, _, next), do: {:reply, GenServer.call(next, {:take, what}), next}
  def handle_call({:take, what}, _, next), do: {:reply, {:ok, what}, next}
  def handle_cast({:remind, ms}, next), do: (Process.send_after(self(), :reminder, ms); {:noreply, next})
  def handle_info(:reminder, next), do: {:noreply, next}
end

{:ok, _} = GenServer.start(Shop, nil, name: Store)
{:ok, _} = GenServer.start(Shop, Store, name: Counter)

value =
  IEx.OTP.msc(fn ->
    GenServer.cast(Counter, {:remind, 5})
    answer = GenServer.call(Counter, {:buy, :tea})
    me = self()
    spawn_monitor(fn -> Process.register(self(), :helper); send(me, :helped); exit(:tired) end)
    receive do :helped -> :ok end
    receive do {:DOWN, _, _, _, _} -> :ok end
    IO.puts("not drawn") # => not drawn
    answer
  end)
# =>  you                  Counter                  Store    :helper
# =>   ├─ cast {:remind, 5} ─▶│                       │
# =>   ├─ call {:buy, :tea} ─▶│                       │
# =>   │                      ├─ call {:take, :tea} ─▶│
# =>   │                      │◀╌ reply {:ok, :tea} ╌╌┤
# =>   │◀╌ reply {:ok, :tea} ╌┤                       │
# =>   ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ spawn ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶┬
# =>   │◀─────────────────────── :helped ───────────────────────┤
# =>   │                      │                       │         ╳ :tired
# =>   │◀───────────────────── DOWN :tired ─────────────────────┤
# =>   │                      │◀┄ :reminder           │
# =>   │                      │                       │
IO.inspect(value) # => {:ok, :tea}

# Nobody but the caller: its own messages.
IEx.OTP.msc(fn -> send(self(), 1) end, wait: 0)
# =>  you
# =>   ├╮ 1
# =>   │

record = IEx.OTP.Msc.record(fn -> GenServer.call(Store, {:take, "<a> & #1;"}) end)
IO.inspect({record.value, record.cut, Enum.map(record.people, &elem(&1, 1))}) # => {{:ok, "<a> & #1;"}, 0, ["you", "Store"]}
IO.write(IEx.OTP.Msc.draw(record, "x.mmd"))
# => sequenceDiagram
# =>   participant p0 as you
# =>   participant p1 as Store
# =>   p0->>p1: call {:take, "<a> & #35;1#59;"}
# =>   p1-->>p0: reply {:ok, "<a> & #35;1#59;"}
svg = IEx.OTP.Msc.draw(record, "x.svg")
IO.inspect(svg =~ "call {:take, &quot;&lt;a&gt; &amp; #1;&quot;}") # => true
IO.inspect(length(String.split(svg, "<line")) - 1) # => 4

# What others do meanwhile is not drawn; what is too much is counted.
spawn(fn -> for _ <- 1..5, do: GenServer.call(Store, {:take, 1}) end)
record = IEx.OTP.Msc.record(fn -> for i <- 1..6, do: send(self(), i) end, limit: 4)
IO.inspect({length(record.events), record.cut, length(record.people)}) # => {4, 2, 1}

# A function that raises is drawn as far as it came, and leaves nothing traced.
try do
  IEx.OTP.msc(fn -> send(self(), :before); raise "no" end)
rescue
  e -> IO.inspect(e)
end
# =>  you
# =>   ├╮ :before
# =>   │
# => %RuntimeError{message: "no"}
IEx.OTP.msc(fn -> :nothing end) # => (no messages)
IO.inspect(:erlang.trace_info(:new, :flags)) # => {:flags, []}
IO.inspect(:erlang.trace_info(Process.whereis(Store), :flags)) # => {:flags, []}

# Who is killed in the middle leaves nothing traced either.
killed = spawn(fn -> IEx.OTP.msc(fn -> Process.sleep(:infinity) end) end)
Process.sleep(5)
Process.exit(killed, :kill)
Process.sleep(5)
IO.inspect({:erlang.trace_info(:new, :flags), :erlang.trace_info(Process.whereis(Store), :flags)}) # => {{:flags, []}, {:flags, []}}
