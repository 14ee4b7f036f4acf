IO.inspect((for {:ok, v} <- [{:ok, 1}, :error, {:ok, 3}], do: v)) # => [1, 3]
IO.inspect((for <<c <- "abc">>, do: c + 1)) # => 'bcd'
IO.inspect((for <<r::8, g::8 <- <<1, 2, 3, 4>> >>, do: {r, g})) # => [{1, 2}, {3, 4}]
