text = "the quick brown the lazy the end"
text
|> String.split()
|> Enum.reduce(%{}, fn w, acc -> Map.update(acc, w, 1, &(&1 + 1)) end)
|> Enum.sort_by(fn {w, c} -> {-c, w} end)
|> Enum.each(fn {w, c} -> IO.puts("#{w}: #{c}") end)
# => the: 3
# => brown: 1
# => end: 1
# => lazy: 1
# => quick: 1
