# Files may need each other's modules, structs and macros in any order; what a failing one needs is said.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: echo 'defmodule A do @v B.f(1); use C; def x, do: {@v, %D{a: 2}.a, c()}; defimpl P, for: D do def p(_), do: :p end end' > lib/a.ex
# cmd: echo 'defmodule B do def f(x), do: {x, D.g()} end' > lib/b.ex
# cmd: echo 'defmodule C do defmacro __using__(_), do: (B.f(0); quote(do: def(c, do: :c))) end; defprotocol P do def p(x) end' > lib/c.ex
# cmd: echo 'defmodule D do defstruct a: 1; def g, do: :g end' > lib/d.ex
# cmd: $PHIAL run -e 'IO.inspect {A.x(), P.p(%D{})}'
# cmd: echo 'defmodule E do require F end' > lib/e.ex; echo 'defmodule F do require E end' > lib/f.ex
# cmd: $PHIAL run 2>&1 | grep -c deadlocked; rm lib/e.ex lib/f.ex; echo 'defmodule G do use Nowhere end' > lib/g.ex; $PHIAL run 2>&1 | grep CompileError
# => {{{1, :g}, 2, :c}, :p}
# => 2
# => ** (CompileError) lib/g.ex:1: module Nowhere is not loaded and could not be found
