# More than a hundred statements typed into the shell, one after the other: what is below this comment, without these lines.
# In real iex they give the same: values, errors, warnings, helpers, processes. Standard error is another file's matter (iex_warnings.exs).
# cmd: case $PHIAL in */phial) shell="$PHIAL iex" ;; *) shell=iex ;; esac
# cmd: grep -v '^# ' "$FILE" > "$TMP/input"; timeout 60 $shell --dot-iex /dev/null < "$TMP/input" 2> /dev/null | sed -e 's/ *$//' -e '/^    (iex /d'
1 + 1
x = [1, 2, 3]
x |> Enum.map(&(&1 * 2))
|> Enum.sum()
|> Kernel.+(1)
v()
v(2)
v(-1)
v(1) + v(3)
"héllo" <> " wörld"
'charlist'
[104, 105]
<<1, 2, 3>>
<<"a", 0, 255>>
:atom
:"quoted atom"
nil
3.14
1.0e100
0xFF
?é
123456789012345678901234567890 * 2
div(7, 2)
rem(-7, 2)
{:ok, %{a: 1, "b" => [2.5, nil]}}
{:ok, %{"b" => [2.5, nil], a: 1}}
%{a: 1}.a
[a: 1, b: 2]
1..10//2
~w(a b c)a
~r/a+(b)/i
~D[2024-02-29]
MapSet.new([3, 1, 2])
Enum.to_list(1..60)
String.duplicate("long ", 20)
fn a, b -> a + b end
&String.upcase/1
&(&1 + &2)
"""
heredoc
  two
"""
if x == [] do
  :empty
else
  :full
end
case x do
  [h | t] when h > 5 -> {:big, t}
  [_ | t] -> t
end
for i <- 1..3, j <- [:a, :b], do: {i, j}
with {:ok, v} <- Map.fetch(%{a: 1}, :b), do: v
[first | rest] = x; rest
y
y()
^x = [1]
{:ok, z} = {:error, :enoent}
z = 1; z = z + 1
raise "oops"
raise ArgumentError, "two\nlines"
raise KeyError, key: :a, term: %{b: 1}
throw({:ball, 1})
exit(:done)
exit({:shutdown, :x})
:erlang.error(:strange)
1 / 0
1 + :a
hd([])
%{a: 1}.b
Map.fetch!(%{a: 1}, "k")
%{%{a: 1} | b: 2}
foo(1)
String.nope("a")
Nope.nope()
List.frist([1])
nil.name
(fn 1 -> :one end).(2)
(fn a -> a end).(1, 2)
not 1
case 1 do
  2 -> 3
end
cond do
  x == 1 -> 2
end
defmodule Shape do
  @moduledoc false
  defstruct [:kind, sides: 3]
  def area(:square, a) when a > 0, do: a * a
  def area(:circle, r), do: 3 * r * r
  def twice(x), do: x * 2
end |> elem(1)
Shape.area(:square, 3)
Shape.area(:square, -1)
Shape.area(:hexagon, 1)
Shape.twice("a")
Shape.nope(1)
Shape.twise(1)
%Shape{}
%Shape{kind: :box} |> Map.put(:sides, 4)
%Shape{corners: 1}
exports Shape
defmodule Shape do
  def one, do: 1
end |> elem(1)
defmodule Warns do
  def f(a, b), do: a
  defp unused, do: 1
end |> elem(1)
1 +
2
(1 +
#iex:break
[1, 2
)
1 +* 2
"unfinished #{1 +
1}"
def f, do: 1
import Enum, only: [sum: 1]
sum [1, 2]
alias String, as: S
S.length("abc")
require Integer
Integer.is_odd(3)
String.strip(" a ")
quote do: a + b(1)
__ENV__.line
i 42
i "text"
i [a: 1]
h Nope
h 1
send self(), {:hello, "you"}
flush
flush()
receive do
  m -> m
after
  0 -> :nothing
end
self()
is_pid(self())
pid = spawn(fn -> receive do {from, n} -> send(from, n * 2) end end)
send(pid, {self(), 21})
receive do n -> n end
make_ref()
Task.await(Task.async(fn -> 6 * 7 end))
{:ok, agent} = Agent.start_link(fn -> 0 end)
Agent.update(agent, &(&1 + 1))
Agent.get(agent, & &1)
GenServer.call(:nobody, :hi)
Process.flag(:trap_exit, true)
spawn_link(fn -> exit(:bad) end)
receive do {:EXIT, _, why} -> why end
Process.flag(:trap_exit, false)
IO.puts("printed")
IO.inspect({1, 2}, label: "seen")
IO.write("no newline")
IO.puts(:stderr, "to stderr")
name = IO.gets("name? ")
joe
String.trim(name)
IEx.configure(inspect: [limit: 3])
Enum.to_list(1..10)
IEx.width()
spawn_link(fn -> exit(:gone) end); Process.sleep(100)
x
v(1)
System.halt(0)
