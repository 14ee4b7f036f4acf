# cmd: printf 'defmodule L do\n def f, do: :l\nend\n' > $TMP/l.exs; printf 'Code.require_file("l.exs", __DIR__)\nIO.inspect L.f()\nIO.inspect Code.require_file("l.exs", __DIR__)\n' > $TMP/m.exs; $PHIAL $TMP/m.exs
# => :l
# => nil
