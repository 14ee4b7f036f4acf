# The clauses that a call did not match are shown as they are compiled: attributes, guards of one's own, membership, segments.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: cat > lib/p.ex <<'END'
# cmd: defmodule P.Guards do
# cmd:   defguard is_pos(x) when is_number(x) and x > 0
# cmd:   defguard day(d) when d in [:mon, :tue]
# cmd: end
# cmd: defmodule P do
# cmd:   import P.Guards, only: [day: 1]
# cmd:   require P.Guards
# cmd:   @list [1, {2, 3, "x"}]
# cmd:   defguardp small(x) when x < 10
# cmd:   def a(x) when x in @list or is_nil(x), do: x
# cmd:   def b(<<n::8, rest::bits>>), do: {n, rest}
# cmd:   def c("foo" <> rest), do: rest
# cmd:   def d(x) when small(x) and x > 3 when day(x), do: x
# cmd:   def e(x) when P.Guards.is_pos(x), do: x
# cmd:   def f(x) when x not in [:a, :b] and x in 1..3, do: x
# cmd:   def g(@list, %{name: n}) when n.x == 1, do: n
# cmd:   def h(<<x::little-size(16), y::binary-size(x), z::4-unit(2)>>), do: {x, y, z}
# cmd: end
# cmd: END
# cmd: cat > a.exs <<'END'
# cmd: for {f, args} <- [a: [5], b: [""], c: ["x"], d: [1], e: [:a], f: [:a], g: [1, 2], h: [""]] do
# cmd:   try do
# cmd:     apply(P, f, args)
# cmd:   rescue
# cmd:     e ->
# cmd:       {e, _} = Exception.blame(:error, e, __STACKTRACE__)
# cmd:       for line <- String.split(Exception.message(e), "\n"), line =~ "def ", do: IO.puts(String.trim(line))
# cmd:   end
# cmd: end
# cmd: END
# cmd: $PHIAL run a.exs
# => def a(x) when -x === 1- or -x === {2, 3, "x"}- or -x == nil-
# => def b(-<<n::integer-size(8), rest::bitstring>>-)
# => def c(-<<"foo", rest::binary>>-)
# => def d(x) when x < 10 and -x > 3- when -x === :mon- or -x === :tue-
# => def e(x) when -is_number(x)- and x > 0
# => def f(x) when -not (x === :a or x === :b)- and -is_integer(x)- and x >= 1 and -x <= 3-
# => def g(-[1, {2, 3, "x"}]-, -%{name: n}-) when -n.x == 1-
# => def h(-<<x::integer-little-size(16), y::binary-size(x), z::integer-unit(2)-size(4)>>-)
