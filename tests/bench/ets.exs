# SPDX-License-Identifier: Apache-2.0
# Stresses: ETS inserts, lookups, counters and selects.
t = :ets.new(:t, [:set, :public])
for i <- 1..300_000, do: :ets.insert(t, {i, i * 2, "value"})
IO.inspect(Enum.reduce(1..300_000, 0, fn i, acc -> [{_, v, _}] = :ets.lookup(t, i); acc + v end))
for i <- 1..300_000, do: :ets.update_counter(t, rem(i, 1000) + 1, {2, 1})
IO.inspect(:ets.lookup(t, 7))
IO.inspect(length(:ets.select(t, [{{:"$1", :"$2", :_}, [{:>, :"$2", 590_000}], [:"$1"]}])))
o = :ets.new(:o, [:ordered_set])
for i <- 1..100_000, do: :ets.insert(o, {rem(i * 7919, 100_003), i})
IO.inspect({:ets.first(o), :ets.last(o), :ets.info(o, :size)})
