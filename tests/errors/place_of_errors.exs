# differs: the source line, the caret, the hint and further errors below Elixir's text are Phial's own
# cmd: printf 'defmodule G do\n  defstruct [:name]\n  def a(x), do: %%G{nmae: x}\n  def b(x) do\n    ^y = x\n  end\nend\n' > $TMP/a.exs
# cmd: $PHIAL $TMP/a.exs 2>&1 | sed "s|$TMP/||g"
# => ** (KeyError) key :nmae not found
# =>     expanding struct: G.__struct__/1
# =>     a.exs:3: G.a/1
# =>     |
# =>   3 |   def a(x), do: %G{nmae: x}
# =>     |                    ^
# =>     at a.exs:3:20
# =>     hint: the keys of the struct are :name
# =>
# => error: undefined variable ^y. No variable "y" has been defined before the current pattern
# =>   a.exs:5
# =>     |
# =>   5 |     ^y = x
# =>     |     ^
# =>     at a.exs:5:5
# =>
# =>
