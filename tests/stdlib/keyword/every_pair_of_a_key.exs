# Every pair of a key goes; the order of the others stays.
IO.inspect(Keyword.delete([a: 1, b: 2, a: 3, c: 4], :a))
IO.inspect({Keyword.delete([a: 1], :b), Keyword.delete([], :a), Keyword.delete([a: 1, a: 2], :a)})
IO.inspect({Keyword.put([b: 1, a: 2, b: 3], :b, 9), Keyword.pop([a: 1, b: 2, a: 3], :a)})
IO.inspect(Keyword.merge([a: 1, b: 2, a: 4], a: 3, c: 1))
IO.inspect(Keyword.update([a: 1, b: 2, a: 3], :a, 0, &(&1 + 1)))
