# A value that refers to the same parts again and again is few words, though written out it would be more than there is memory for.
{value, _} = Code.eval_string("Enum.reduce(1..60, [], fn _, inner -> [inner, inner] end)")
IO.inspect(length(value)) # => 2
depth = fn depth, list -> if list == [], do: 0, else: 1 + depth.(depth, hd(list)) end
IO.inspect(depth.(depth, value)) # => 60
{value, _} = Code.eval_string("Enum.reduce(1..60, {\"x\", 1.0e300, %{}}, fn _, t -> {t, %{a: t}, t} end)")
IO.inspect({tuple_size(value), elem(value, 0) === elem(value, 2) |> elem(0)}) # => {3, false}
IO.inspect(Enum.reduce(1..60, value, fn _, t -> elem(t, 2) end)) # => {"x", 1.0e300, %{}}
