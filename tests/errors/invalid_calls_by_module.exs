# Calls of what does not exist are told of module by module, the last module first.
# cmd: cat > $TMP/a.exs <<'END'
# cmd: defmodule Q1 do
# cmd:   def a, do: Nope.x(1)
# cmd:   def b, do: Nope.x(1)
# cmd: end
# cmd: defmodule Q2 do
# cmd:   def a, do: Nope.x(1)
# cmd: end
# cmd: END
# cmd: $PHIAL $TMP/a.exs 2>&1 | sed "s|$TMP/||" | grep '^warning\|^Invalid\|^  a.exs'
# => warning: Nope.x/1 is undefined (module Nope is not available or is yet to be defined)
# =>   a.exs:6: Q2.a/0
# => warning: Nope.x/1 is undefined (module Nope is not available or is yet to be defined)
# => Invalid call found at 2 locations:
# =>   a.exs:2: Q1.a/0
# =>   a.exs:3: Q1.b/0
