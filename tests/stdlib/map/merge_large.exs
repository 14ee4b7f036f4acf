# stress: a collection at every call copies the large maps each time
# The merge of two large maps is what putting every entry of the second into the first gives, in size, order and hash.
key = fn n -> Enum.at([n, "k#{n}", {n, :a}, n / 1, [n]], rem(n, 5)) end

for {first, second} <- [{1..40, 20..70}, {1..1000, 500..1800}, {1..33, 1..2000}, {1..2000, 1..33}, {1..500, 1..500}, {1..10, 5..100}] do
  a = Map.new(first, &{key.(&1), :a})
  b = Map.new(second, &{key.(&1), :b})
  merged = Map.merge(a, b)
  one_by_one = Enum.reduce(b, a, fn {k, v}, acc -> Map.put(acc, k, v) end)
  x = MapSet.new(Map.keys(a))
  y = MapSet.new(Map.keys(b))
  union = MapSet.union(x, y)

  IO.inspect(
    {merged == one_by_one, Map.to_list(merged) == Map.to_list(one_by_one), map_size(merged), MapSet.size(union), MapSet.subset?(x, union),
     MapSet.subset?(union, y), MapSet.disjoint?(x, y), MapSet.disjoint?(x, MapSet.difference(y, x))}
  )
end

# => {true, true, 70, 70, true, false, false, true}
# => {true, true, 1800, 1800, true, false, false, true}
# => {true, true, 2000, 2000, true, true, false, true}
# => {true, true, 2000, 2000, true, false, false, true}
# => {true, true, 500, 500, true, true, false, true}
# => {true, true, 100, 100, true, false, false, true}

# Hashes of 32 bits meet: keys with the same hash.
a = Map.new(0..60_000, &{&1, 1})
b = Map.new(30_000..90_000, &{&1, 2})
merged = Map.merge(a, b)
IO.inspect({map_size(merged), Enum.all?(merged, fn {k, v} -> v == if(k < 30_000, do: 1, else: 2) end)})
# => {90001, true}
IO.inspect(Map.keys(merged) == Map.keys(Map.new(0..90_000, &{&1, 0})))
# => true
IO.inspect(Map.merge(a, a) == a)
# => true
