# differs: the source line and the caret below Elixir's text are Phial's own
# cmd: printf 'defmodule G do\n  def a(x, y), do: x\n  def b, do: Enum.mapp([], 1)\nend\n' > $TMP/a.exs; $PHIAL $TMP/a.exs 2>&1 | sed "s|$TMP/||g"
# => warning: variable "y" is unused (if the variable is not meant to be used, prefix it with an underscore)
# =>   a.exs:2: G.a/2
# =>     |
# =>   2 |   def a(x, y), do: x
# =>     |            ^
# =>     at a.exs:2:12
# =>
# => warning: Enum.mapp/2 is undefined or private. Did you mean:
# =>
# =>       * map/2
# =>
# =>   a.exs:3: G.b/0
# =>     |
# =>   3 |   def b, do: Enum.mapp([], 1)
# =>     |              ^
# =>     at a.exs:3:14
# =>
