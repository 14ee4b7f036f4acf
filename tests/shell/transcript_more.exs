# A second transcript: servers, protocols, structs, macros, exceptions, comprehensions and literals, as real iex prints them.
# cmd: . "${FILE%/*}/iex_piped.sh"
defmodule Counter do
  use GenServer
  def start_link(n), do: GenServer.start_link(__MODULE__, n, name: __MODULE__)
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
  def handle_call(:boom, _from, _n), do: raise "boom"
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
  def handle_info(msg, n) do
    IO.inspect(msg, label: "got")
    {:noreply, n}
  end
end |> elem(1)
{:ok, pid} = Counter.start_link(1)
GenServer.call(Counter, :get)
GenServer.cast(Counter, {:add, 5})
GenServer.call(pid, :get)
send(pid, :hello); Process.sleep(20)
:sys.get_state(Counter)
Process.whereis(Counter) == pid
Process.info(pid, [:message_queue_len, :status])
GenServer.stop(Counter)
Process.alive?(pid)
GenServer.call(Counter, :get)
Counter.start_link(1) |> elem(0)
Counter.start_link(1) |> elem(0)
Process.flag(:trap_exit, true)
flush |> is_atom
Process.flag(:trap_exit, false)
defprotocol Size do
  @doc "size"
  def size(x)
end |> elem(1)
defimpl Size, for: Map do
  def size(m), do: map_size(m)
end |> elem(1)
Size.size(%{a: 1})
Size.size(1)
Size.impl_for(1)
Size.impl_for!([])
defmodule Point do
  @enforce_keys [:x]
  defstruct [:x, y: 0]
  defimpl String.Chars do
    def to_string(p), do: "(#{p.x}, #{p.y})"
  end
end |> elem(1)
%Point{}
p = struct(Point, x: 1)
"#{p}"
to_string(p)
%{p | z: 1}
%{p | y: 2}
p.z
%Point{x: x} = p; x
inspect(p)
Map.from_struct(p)
p[:x]
update_in(p.x, & &1 + 1)
put_in(p[:x], 2)
defmodule Mac do
  defmacro twice(x), do: quote(do: unquote(x) * 2)
  defmacro boom(_), do: raise "in macro"
end |> elem(1)
Mac.twice(2)
require Mac; Mac.twice(2)
Mac.boom(1)
import Mac
twice(21)
Stream.map(1..3, & &1)
Stream.cycle([1, 2]) |> Enum.take(5)
Enum.zip([1, 2], [:a, :b]) |> Map.new()
Enum.group_by(1..6, &rem(&1, 3))
Enum.reduce([], fn a, b -> a + b end)
Enum.max([])
Enum.fetch!([1], 5)
String.split("a,b,,c", ",", trim: true)
String.to_integer("12a")
Integer.parse("12a")
Float.round(3.14159, 2)
Regex.run(~r/(\d+)/, "ab12")
Regex.compile!("(")
DateTime.from_iso8601("2024-01-01T00:00:00Z")
Date.diff(~D[2024-03-01], ~D[2024-02-01])
Time.add(~T[10:00:00], 90)
NaiveDateTime.new!(2024, 1, 1, 0, 0, 0)
Date.from_iso8601!("nope")
Version.match?("1.2.3", "~> 1.2")
URI.parse("http://a.b/c?d=1#e")
Base.encode64("hello")
Base.decode64!("??")
System.get_env("NOPE_NOPE")
Application.fetch_env!(:nope, :x)
File.stat!("/nope")
Path.join("a", "b")
Code.eval_string("1 + x", x: 2)
Code.eval_string("1 +")
Code.string_to_quoted("a + b")
Macro.to_string(quote do: (if x, do: 1))
quote do: (fn x -> x end)
send(:nope, 1)
Process.register(self(), :me)
send(:me, :hi); flush()
Process.register(self(), :me2)
Process.unregister(:me)
receive do after 10 -> :t end
task = Task.async(fn -> :timer.sleep(10); :done end); Task.await(task)
Task.await(task, 10)
Task.yield(Task.async(fn -> 1 end))
Task.async_stream(1..3, & &1 * 2) |> Enum.to_list()
:ets.new(:tab, [:named_table]); :ets.insert(:tab, {1, :a}); :ets.lookup(:tab, 1)
:ets.lookup(:nope, 1)
:maps.get(:a, %{})
apply(Enum, :map, [[1], &(&1 + 1)])
apply(:foo, :bar, [])
fun = &Enum.map/2; fun.([1], & &1)
fun.(1)
if nil, do: 1
unless true, do: 1, else: 2
cond do true -> 1 end
case {1, 2} do {a, b} when a > b -> a; {_, b} -> b end
for <<c <- "abc">>, do: c
for x <- [1, 2, 3], x > 1, reduce: 0 do acc -> acc + x end
for {k, v} <- %{a: 1}, into: %{}, do: {v, k}
try do throw(:x) catch :throw, v -> v after IO.puts("after") end
try do 1 / 0 rescue e in ArithmeticError -> e.message end
raise %RuntimeError{message: "s"}
raise "a" <> "b"
raise 1
defmodule E do
  defexception [:code, message: "default"]
end |> elem(1)
raise E
raise E, code: 1, message: "m"
try do raise E, code: 2 rescue e -> e end
@attr 1
use GenServer
alias Enum, as: E2
E2.count([1])
x = fn -> y = 1; y end; x.()
y
_ = 5
a = b = 3
{a, b}
[a, b] = [b, a + 1]
%{k: v} = %{k: 1, l: 2}; v
"pre" <> rest = "prefix"; rest
<<h, t::binary>> = "hi"; {h, t}
<<n::16>> = <<1, 2>>; n
<<1::size(3)>>
1 |> then(& &1 + 1) |> tap(&IO.inspect/1)
|> to_string
is_integer(1) and is_atom(:a)
1 and true
true or 1
nil && 1
:a || 2
not nil
1 in [1, 2]
1 not in 1..5
"a" =~ "a"
1 <> "a"
~c"abc"
~S(a#{1})
'a#{1}b'
:"a#{1}"
"\x41\u{1F600}"
"tab\there"
~T[25:00:00]
0x
1_0
1__0
1.
1.e5
%{"a": 1}
[a: 1, 2]
{1, 2
}
fn
-> 1
end
"unterminated
still"
'''
char heredoc
'''
; 1
1;
1; 2

\

System.halt(0)
