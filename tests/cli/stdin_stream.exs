# stdin: 1
# stdin: 2
# stdin: 3
IO.inspect(IO.stream(:stdio, :line) |> Enum.map(&String.trim/1) |> Enum.map(&String.to_integer/1) |> Enum.sum()) # => 6
