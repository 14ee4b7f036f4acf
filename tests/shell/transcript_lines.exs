# A third transcript: statements of several lines, lines that go on from the last result, what gives up a statement, text of all kinds.
# cmd: . "${FILE%/*}/iex_piped.sh"
x = 5; y = 6
if x > 3 do
  :big
end |> to_string()
fn x ->
  x + 1
end
|> then(fn f -> f.(1) end)
%{
  a: 1,
  b: [
    1, 2
  ]
}
"a
b
c"
~s"""
heredoc #{x}
"""
"""
unterminated
#iex:break
'abc
#iex:break
[1,
#iex:break
#iex:break
x |>
Integer.to_string()
x
|> Integer.to_string()
++ [1]
[1, 2]
++ [3]
-- [1]
<> "a"
"b"
<> "a"
and true
true
and false
|| 3
in [3]
* 2
1
+ 2
- 2
== 3
&& 5
.. 3
when true
= 3
|> case do
  3 -> :three
  _ -> :other
end
=> 2
:: 1
.foo
-> 1
end
do
else
(
(1
)
fn ->
end
fn -> 1
end.()
defmodule Doc do
  @moduledoc """
  x
  """
end
defmodule Nest do
  defmodule Inner do
    def f, do: :inner
  end
  def g, do: Inner.f()
end
Nest.g
Nest.Inner.f
Nest.Inner
import Nest
g()
alias Nest.Inner
Inner.f
alias Nest.{Inner}
case 5 do
  n when n > 3 ->
    :gt

  _ ->
    :le
end
try do
  raise "x"
rescue
  e in RuntimeError ->
    e.message
end
with {:ok, a} <- {:ok, 1},
     {:ok, b} <- {:ok, 2} do
  a + b
end
receive do
  :never -> 1
after 1 ->
  :timeout
end
for x <- 1..3,
    rem(x, 2) == 1,
    do: x
quote do
  x = 1
  x + y
end
@doc "x"
x = 1 # comment
   
x
	x
x;
;
x ; y
a = 1
b = a
  + 1
"\xff"
<<0xff>>
"é" |> String.to_charlist
'é'
:"é"
é = 1
é + 1
变量 = 2
"日本語"
String.length("日本語")
?日
"emoji 👍🏽"
"\e[31mred"
"null\0"
"del\x7f"
<<128>>
"\u200b"
inspect("a\u0000b")
IO.puts "\e[1mbold\e[0m"
1..3 |> Enum.map(fn
  1 -> :one
  n -> n
end)
System.halt(0)
