a = 1
b = 2
IO.inspect(Enum.sort(binding())) # => [a: 1, b: 2]
