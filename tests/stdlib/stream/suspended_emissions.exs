# SPDX-License-Identifier: Apache-2.0
# What a stage emits at once comes element by element where the consumer suspends, also if the source ends at that very element.
IO.inspect(Enum.zip(Stream.flat_map(Stream.take([7], 1), &[&1, &1, &1]), 1..2)) # => [{7, 1}, {7, 2}]
IO.inspect(Enum.zip(1..9, Stream.intersperse(Stream.take(Stream.iterate(1, &(&1 + 1)), 3), :i))) # => [{1, 1}, {2, :i}, {3, 2}, {4, :i}, {5, 3}]
IO.inspect(Enum.zip(Stream.chunk_every(Stream.take(1..9, 3), 2, 1), 1..9)) # => [{[1, 2], 1}, {[2, 3], 2}, {[3], 3}]
IO.inspect(Enum.zip(Stream.chunk_every(Stream.take(1..9, 4), 3, 1, [0, 0]), 1..9)) # => [{[1, 2, 3], 1}, {[2, 3, 4], 2}, {[3, 4, 0], 3}]
IO.inspect(Enum.zip([Stream.chunk_every(Stream.take(1..9, 3), 3, 2, [0]), 1..9])) # => [{[1, 2, 3], 1}, {[3, 0], 2}]
IO.inspect(Enum.take(Stream.transform(Stream.take(1..9, 2), fn -> 0 end, &{[&1, &2], &1}, fn _ -> :ok end), 3)) # => [1, 0, 2]

chunks = Stream.chunk_every(Stream.take(1..9, 3), 3, 2, [0])
IO.inspect(Enum.zip(Stream.flat_map(chunks, & &1), 1..4)) # => [{1, 1}, {2, 2}, {3, 3}, {3, 4}]
IO.inspect(Enumerable.reduce(Stream.resource(fn -> 1 end, &{:halt, &1}, fn _ -> :ok end), {:cont, []}, &{:cont, [&1 | &2]})) # => {:halted, []}
