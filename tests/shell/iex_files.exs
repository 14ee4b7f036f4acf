# ls, cd, pwd, c, r, l, import_file and its relatives.
# cmd: mkdir "$TMP/sub"; for i in 1 2 3 4 5 6; do echo > "$TMP/sub/a_file_$i.txt"; done; mkdir "$TMP/sub/folder"
# cmd: echo 'value = 5; import Enum, only: [sum: 1]' > "$TMP/given.exs"; printf 'defmodule Compiled do\n  def f, do: 1\nend\ndefmodule Second do\nend\n' > "$TMP/two.ex"
# cmd: printf 'defmodule Bad do\n  def f, do: (\nend\n' > "$TMP/bad.ex"
# cmd: . "${FILE%/*}/iex_piped.sh"
pwd()
ls()
ls "sub"
ls "nope"
ls "two.ex"
cd "sub"
cd "nope"
ls
cd ".."
pwd
import_file "given.exs"
value
sum([value, 1])
import_file "nope.exs"
import_file_if_available "nope.exs"
import_file 1
import_if_available Nope
import_if_available Integer, only: [is_odd: 1]
is_odd(3)
is_even(3)
use_if_available Nope
c "two.ex"
Compiled.f()
c ["two.ex"]
c ["two.ex", "nope.ex"]
c "bad.ex"
File.write!("two.ex", "defmodule Compiled do\n  def f, do: 2\nend\n")
r Compiled
Compiled.f()
r [Compiled]
r Nope
l Nope
recompile()
exports Compiled
exports Nope
clear()
open 1
open Nope
open Nope.f
System.halt(0)
