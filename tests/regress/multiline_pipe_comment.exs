r =
  [1, 2, 3]
  # a comment between
  |> Enum.map(fn x ->
    # inside
    x + 1
  end)
  |> Enum.sum()
IO.inspect(r) # => 9
