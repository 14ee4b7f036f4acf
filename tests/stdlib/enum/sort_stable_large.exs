list = for i <- 1..1000, do: {rem(i * 7919, 10), i}
sorted = Enum.sort_by(list, &elem(&1, 0))
IO.inspect(Enum.all?(Enum.chunk_every(sorted, 2, 1, :discard), fn [{a, i}, {b, j}] -> a < b or (a == b and i < j) end)) # => true
IO.inspect(Enum.sort(Enum.shuffle(1..500)) == Enum.to_list(1..500)) # => true
