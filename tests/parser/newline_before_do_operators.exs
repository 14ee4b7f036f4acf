x = [
  1,
  2
]
|> Enum.map(fn n ->
  n * 2
end)
IO.inspect(x) # => [2, 4]
