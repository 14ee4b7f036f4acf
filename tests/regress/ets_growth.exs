# Buckets that overflow, tables that grow, keys with many objects: the order is the BEAM's; objects removed under safe_fixtable come back.
for type <- [:set, :bag, :duplicate_bag] do
  t = :ets.new(:t, [type])
  for i <- 1..20_000, do: :ets.insert(t, {rem(i * 7919, 5003), rem(i, 7)})
  IO.inspect({type, :ets.info(t, :size), :erlang.phash2(:ets.tab2list(t))})
  for i <- 1..3000, do: :ets.delete(t, i)
  for i <- 3000..4000, do: :ets.delete_object(t, {i, 3})
  IO.inspect({:ets.info(t, :size), :ets.lookup(t, 3500)})
  :ets.safe_fixtable(t, true)
  for i <- 4000..4500, do: :ets.delete(t, i)
  for i <- 4200..4300, do: :ets.insert(t, {i, :again})
  :ets.safe_fixtable(t, false)
  IO.inspect({:ets.info(t, :size), :ets.lookup(t, 4250), :ets.member(t, 4400), Enum.sum(for {k, _} <- :ets.tab2list(t), do: k)})
end

o = :ets.new(:o, [:ordered_set])
for i <- 1..20_000, do: :ets.insert(o, {rem(i * 7919, 20_011), i})
for i <- 1..20_000, rem(i, 3) != 0, do: :ets.delete(o, i)
:ets.insert(o, {300.0, :float})
keys = for {k, _} <- :ets.tab2list(o), do: k
IO.inspect({keys == Enum.sort(keys), length(keys), hd(keys), List.last(keys), :ets.lookup(o, 300), :ets.next(o, 297), :ets.prev(o, 301)})
# => {:set, 5003, 105346768}
# => {1860, [{3500, 4}]}
# => {1460, [{4250, :again}], false, 5809083}
# => {:bag, 20000, 76914184}
# => {7435, [{3500, 1}, {3500, 6}, {3500, 4}]}
# => {5534, [{4250, :again}], false, 21945938}
# => {:duplicate_bag, 20000, 76914184}
# => {7435, [{3500, 1}, {3500, 6}, {3500, 4}]}
# => {5534, [{4250, :again}], false, 21945938}
# => {true, 6672, 3, 20010, [{300.0, :float}], 300.0, 300.0}
