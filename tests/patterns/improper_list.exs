[a | b] = [1 | 2]
IO.inspect({a, b}) # => {1, 2}
IO.inspect(match?([_, _], [1 | 2])) # => false
