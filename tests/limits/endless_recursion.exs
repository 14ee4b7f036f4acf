# stress: a collection at every call walks the whole deep stack: quadratic
# differs: Elixir takes the whole machine's memory
# cmd: printf 'defmodule M do\n  def f(n), do: [n | f(n + 1)]\nend\nM.f(0)\n' > $TMP/f.exs
# cmd: $PHIAL $TMP/f.exs > $TMP/out 2> $TMP/err; s=$?; [ $s -gt 0 ] && [ $s -lt 128 ] && grep -q 'heap' $TMP/err && echo refused
# => refused
