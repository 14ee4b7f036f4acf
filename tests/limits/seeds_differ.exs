# differs: Elixir has no --seed
# cmd: printf 'parent = self()\nfor i <- 1..20, do: spawn(fn -> send(parent, i) end)\nIO.inspect(for _ <- 1..20, do: (receive do x -> x end))\n' > $TMP/s.exs
# cmd: for n in 1 2 3 4 5; do $PHIAL --seed $n $TMP/s.exs; done | sort -u | awk 'END { print (NR > 1) }'
# => 1
