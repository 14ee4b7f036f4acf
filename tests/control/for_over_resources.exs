# SPDX-License-Identifier: Apache-2.0
# The body of a comprehension runs inside of the reduction of its enumerable: a resource is closed after the last body, and if one fails.
source = Stream.resource(fn -> 0 end, fn n -> {[n], n + 1} end, fn n -> IO.puts("closed at #{n}") end)

for x <- Stream.take(source, 2), do: IO.puts("body #{x}")
# => body 0
# => body 1
# => closed at 2

try do
  for x <- source, do: if(x == 3, do: raise("at #{x}"))
rescue
  error -> IO.puts(error.message)
end

# => closed at 4
# => at 3

IO.inspect(try(do: for(x <- source, y <- Stream.take(source, 1), do: if(x == 1, do: throw({x, y}))), catch: (caught -> caught)))
# => closed at 1
# => closed at 1
# => closed at 2
# => {1, 0}
IO.inspect(for chunk <- Stream.chunk_every(Stream.take(1..9, 3), 3, 2, [0]), do: chunk) # => [[1, 2, 3], [3, 0]]
IO.inspect(for x <- Stream.take(source, 3), x > 0, into: %{}, do: {x, -x})
# => closed at 3
# => %{1 => -1, 2 => -2}
IO.inspect(for x <- Stream.take(source, 3), uniq: true, do: rem(x, 2))
# => closed at 3
# => [0, 1]
IO.inspect(for {k, v} <- Stream.zip([:a, :b], 1..2), v > 1, reduce: [], do: (acc -> [k | acc])) # => [:b]
IO.inspect(for f <- fn _, _ -> {:done, [1]} end, do: f) # => [1]
IO.puts(try do for(x <- :none, do: x) rescue e -> Exception.message(e) end)
# => protocol Enumerable not implemented for :none of type Atom
