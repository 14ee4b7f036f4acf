# Only what changed is compiled again: a changed file, and those that used it while they were compiled, at any distance.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: echo 'IO.puts("compiling a"); defmodule A do require M; def x, do: M.twice(21) end' > lib/a.ex
# cmd: echo 'IO.puts("compiling m"); defmodule M do defmacro twice(n), do: H.double(n) end' > lib/m.ex
# cmd: echo 'IO.puts("compiling h"); defmodule H do def double(n), do: n * 2 end' > lib/h.ex
# cmd: echo 'IO.puts("compiling u"); defmodule U do def x, do: A.x() end' > lib/u.ex
# cmd: $PHIAL run -e 'IO.inspect U.x()'; echo again; $PHIAL run -e 'IO.inspect U.x()'
# cmd: echo changed h; echo 'IO.puts("compiling h"); defmodule H do def double(n), do: n * 3 end' > lib/h.ex; $PHIAL run -e 'IO.inspect U.x()'
# cmd: echo changed u; echo 'IO.puts("compiling u"); defmodule U do def x, do: {:u, A.x()} end' > lib/u.ex; $PHIAL run -e 'IO.inspect U.x()'
# cmd: echo broken u; echo 'defmodule U do' > lib/u.ex; $PHIAL run -e 'IO.inspect U.x()' > /dev/null 2>&1 || echo failed
# cmd: echo removed u; rm lib/u.ex; $PHIAL run -e 'IO.inspect {A.x(), Code.ensure_loaded?(U)}'
# => compiling a
# => compiling h
# => compiling m
# => compiling u
# => 42
# => again
# => 42
# => changed h
# => compiling a
# => compiling h
# => 63
# => changed u
# => compiling u
# => {:u, 63}
# => broken u
# => failed
# => removed u
# => {63, false}
