# Erlang's modules that are natives alone are modules like all others, and a call that they do not know is explained.
for m <- [:math, :binary, :unicode, :atomics, :counters, :persistent_term], do: IO.inspect({m, m.module_info(:module) == m, {:module_info, 1} in m.module_info(:exports)})
# => {:math, true, true}
# => {:binary, true, true}
# => {:unicode, true, true}
# => {:atomics, true, true}
# => {:counters, true, true}
# => {:persistent_term, true, true}
explained = fn fun -> try(do: fun.(), rescue: (e -> e |> then(&Exception.blame(:error, &1, __STACKTRACE__)) |> elem(0) |> Exception.message() |> IO.puts())) end
explained.(fn -> apply(:math, :sinn, [1.0]) end)
# => function :math.sinn/1 is undefined or private. Did you mean:
# =>
# =>       * asin/1
# =>       * asinh/1
# =>       * sin/1
# =>       * sinh/1
# =>
