# IEx.pry, dbg and break! stop a process and lend its variables; `n` goes on to the next expression; the session keeps its variables.
# differs: a breakpoint needs no .beam file; after `continue` the session goes on where it was
# cmd: case $FILE in /*) ;; *) FILE=$PWD/$FILE ;; esac
# cmd: sed -n 's/^# | \{0,1\}//p' "$FILE" > "$TMP/pry_mod.ex"
# cmd: . "${FILE%/*}/iex_piped.sh"
# | defmodule PryMod do
# |   require IEx
# | 
# |   def stop(a) do
# |     b = a + 1
# |     IEx.pry()
# |     b * 2
# |   end
# | 
# |   def calc(x, y) when x > 0 do
# |     z = x + y
# |     z = z * 2
# |     {z, x}
# |   end
# | 
# |   def calc(_, _), do: :neg
# |   def pipe(list), do: list |> Enum.map(&(&1 * 2)) |> Enum.sum() |> dbg()
# | end
kept = 1
c "pry_mod.ex"
PryMod.stop(1)
a + b
kept
whereami
whereami 1
continue
kept
break! PryMod.calc/2
breaks
PryMod.calc(1, 2)
binding()
n
z
n
z
raise "in pry"
continue
PryMod.calc(1, 2)
break! PryMod.calc(_, 7), 2
breaks
PryMod.calc(1, 2)
PryMod.calc(1, 7)
y
continue
break! PryMod.nope/1
reset_break 1
reset_break 10
remove_breaks
breaks
PryMod.pipe([1, 2])
continue
dbg(kept + 1)
continue
p = spawn(fn -> PryMod.stop(5) end); Process.sleep(50)
y
b
self()
continue
kept
spawn(fn -> PryMod.stop(5) end); Process.sleep(50)
n
kept
spawn(fn -> PryMod.stop(5) end); Process.sleep(50)
y
exit(:over)
Process.exit(self(), :kill); Process.sleep(:infinity)
kept
System.halt(0)
