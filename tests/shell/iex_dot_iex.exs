# .iex.exs in the working folder is evaluated first: its variables, imports and modules are there.
# cmd: case $FILE in /*) ;; *) FILE=$PWD/$FILE ;; esac
# cmd: printf 'given = 5\nimport Enum, only: [sum: 1]\nalias String, as: Str\ndefmodule FromFile do\n  def f, do: :here\nend\nIEx.configure(inspect: [limit: 3])\n' > "$TMP/.iex.exs"
# cmd: options=; . "${FILE%/*}/iex_piped.sh"
given
sum([given, 1])
Str.upcase("a")
FromFile.f()
[1, 2, 3, 4]
System.halt(0)
