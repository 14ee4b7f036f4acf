# pid, ref, port, flush and v; results of statements are kept by their number.
# cmd: . "${FILE%/*}/iex_piped.sh"
pid("0.1.0") |> is_pid()
pid(0, 1, 0) == pid("0.1.0")
pid(:nope)
pid("a")
ref("0.1.2.3") == ref(0, 1, 2, 3)
ref("x")
port("0.4") == port(0, 4)
port("x")
flush()
send(self(), {:a, 1}); send(self(), "two")
flush
flush()
v
v 3
v(-2)
v(100)
v(0)
[v(1), v(2)]
1; 2
v
x = 5
v() + x
IO.puts("nothing kept?")
v
IEx.dont_display_result()
v(-1)
whereami
breaks
remove_breaks
reset_break 1
reset_break Nope, :f, 1
break! Nope.f/1
break! URI.parse
System.halt(0)
