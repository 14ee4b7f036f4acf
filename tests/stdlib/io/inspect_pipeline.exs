[1, 2, 3]
|> IO.inspect(label: "before")
|> Enum.map(&(&1 * 2))
|> IO.inspect(label: "after")
|> Enum.sum()
|> IO.inspect()
# => before: [1, 2, 3]
# => after: [2, 4, 6]
# => 12
