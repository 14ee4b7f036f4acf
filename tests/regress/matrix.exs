m = [[1, 2], [3, 4]]
t = Enum.zip_with(m, & &1)
IO.inspect(t) # => [[1, 3], [2, 4]]
IO.inspect((for r <- m, do: (for c <- t, do: Enum.zip_with(r, c, &*/2) |> Enum.sum()))) # => ['\a\n', [15, 22]]
