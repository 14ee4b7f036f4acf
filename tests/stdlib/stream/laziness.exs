s = Stream.map(1..3, fn x -> IO.puts("map #{x}"); x end)
IO.puts("not yet")
IO.inspect(Enum.take(s, 2))
Stream.run(Stream.each([1], &IO.puts("each #{&1}")))
# => not yet
# => map 1
# => map 2
# => [1, 2]
# => each 1
