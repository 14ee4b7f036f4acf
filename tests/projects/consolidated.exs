# In a project the protocols are consolidated: errors name the implementations, and one that comes later has no effect.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0", consolidate_protocols: Mix.env() != :test] end' > mix.exs
# cmd: echo 'defprotocol P do def f(x) end; defimpl P, for: [Integer, Atom] do def f(x), do: x end; defmodule S do defstruct []; defimpl P do def f(_), do: 1 end end' > lib/p.ex
# cmd: echo 'defprotocol Q do def f(x) end' > lib/q.ex
# cmd: cat > a.exs <<'END'
# cmd: message = fn f -> IO.puts(try do f.() rescue e -> Exception.message(e) end) end
# cmd: message.(fn -> P.f(1.5) end)
# cmd: message.(fn -> Enum.count(nil) end)
# cmd: IO.inspect(P.__protocol__(:impls))
# cmd: defimpl Q, for: Atom do def f(x), do: x end
# cmd: message.(fn -> Q.f(:a) end)
# cmd: defprotocol R do def f(x) end
# cmd: defimpl R, for: Atom do def f(x), do: x end
# cmd: IO.inspect({R.f(:a), Protocol.consolidated?(R), Protocol.consolidated?(Q), S.__struct__() |> P.f()})
# cmd: END
# cmd: $PHIAL run a.exs 2>$TMP/err; head -1 $TMP/err
# => protocol P not implemented for 1.5 of type Float. This protocol is implemented for the following type(s): Atom, Integer, S
# => protocol Enumerable not implemented for nil of type Atom. This protocol is implemented for the following type(s): Date.Range, File.Stream, Function, GenEvent.Stream, HashDict, HashSet, IO.Stream, List, Map, MapSet, Range, Stream
# => {:consolidated, [Atom, Integer, S]}
# => protocol Q not implemented for :a of type Atom. There are no implementations for this protocol.
# => {:a, false, true, 1}
# => warning: the Q protocol has already been consolidated, an implementation for Atom has no effect. If you want to implement protocols after compilation or during tests, check the "Consolidation" section in the Protocol module documentation
# cmd: MIX_ENV=test $PHIAL run a.exs 2>&1 | head -1
# => protocol P not implemented for 1.5 of type Float
