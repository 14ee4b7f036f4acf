IO.inspect([a: 1, "b c": 2, do: 3, Upper: 4, end: 5]) # => [a: 1, "b c": 2, do: 3, Upper: 4, end: 5]
IO.inspect([{:a, 1}, {:"b c", 2}]) # => [a: 1, "b c": 2]
IO.inspect(["a#{1}": 1]) # => [a1: 1]
IO.inspect([nil: 1, true: 2, fn: 3]) # => [nil: 1, true: 2, fn: 3]
