# An import that is said again in the file counts from there; a definition that comes first may use it, for its body is expanded later.
# cmd: cat > $TMP/a.ex <<'END'
# cmd: defmodule A do
# cmd:   import Enum, only: [map: 2]
# cmd:   def a, do: map([1], & &1)
# cmd:   import Enum, only: [map: 2, filter: 2]
# cmd: end
# cmd: defmodule B do
# cmd:   import String
# cmd:   def a, do: upcase("a")
# cmd:   import String, except: [downcase: 1]
# cmd: end
# cmd: defmodule C do
# cmd:   import Keyword
# cmd:   def a, do: 1
# cmd: end
# cmd: defmodule D do
# cmd:   import Keyword, except: [get: 2]
# cmd:   def a, do: 1
# cmd: end
# cmd: END
# cmd: $PHIAL -e "Code.compile_file(~s($TMP/a.ex))" 2>&1 | sed "s|$TMP/||" | grep '^warning\|^  a.ex'
# => warning: unused import Enum.filter/2
# =>   a.ex:4
# => warning: unused import Keyword
# =>   a.ex:16
