IO.inspect(Enum.uniq([1, 2, 1, 3, 2])) # => [1, 2, 3]
IO.inspect(Enum.uniq_by([{1, :a}, {1, :b}, {2, :c}], &elem(&1, 0))) # => [{1, :a}, {2, :c}]
IO.inspect(Enum.dedup([1, 1, 2, 2, 1])) # => [1, 2, 1]
IO.inspect(Enum.dedup_by([1, 3, 2, 4], &rem(&1, 2))) # => [1, 2]
