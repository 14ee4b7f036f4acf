# differs: Elixir has no --seed
# cmd: printf 'parent = self()\nfor i <- 1..20, do: spawn(fn -> Process.sleep(rem(i, 3)); send(parent, i) end)\nIO.inspect(for _ <- 1..20, do: (receive do x -> x end))\nIO.inspect(:rand.uniform(1000))\n' > $TMP/s.exs
# cmd: for n in 1 2 3; do $PHIAL --virtual-time --seed 7 $TMP/s.exs; done | sort -u | wc -l
# => 2
