IO.inspect([1 | [2, 3]]) # => [1, 2, 3]
IO.inspect([1, 2 | [3]]) # => [1, 2, 3]
IO.inspect([1 | 2]) # => [1 | 2]
[h | t] = [1, 2, 3]
IO.inspect({h, t}) # => {1, [2, 3]}
