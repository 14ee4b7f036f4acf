# cmd: printf 'defmodule Lib do\n def f, do: :from_lib\nend\n' > $TMP/lib.ex
# cmd: $PHIAL -r $TMP/lib.ex -e 'IO.inspect Lib.f()'
# => :from_lib
