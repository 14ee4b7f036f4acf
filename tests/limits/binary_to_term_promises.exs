# An external term that promises more elements than it has bytes is refused at once, however often it does so.
lists = String.duplicate(<<108, 600_000::32>>, 200_000)
tuples = String.duplicate(<<105, 400_000::32>>, 100_000)
maps = String.duplicate(<<116, 200_000::32>>, 100_000)

for bytes <- [lists, tuples, maps] do
  try do
    :erlang.binary_to_term(<<131>> <> bytes)
  rescue
    e in ArgumentError -> IO.inspect(e.__struct__) # => ArgumentError
  end
end
# => ArgumentError
# => ArgumentError

nested = Enum.reduce(1..2000, [], fn i, acc -> {[i, acc | :improper], %{i => i}, {}} end)
IO.inspect(:erlang.binary_to_term(:erlang.term_to_binary({[], nested, [[]], %{}})) == {[], nested, [[]], %{}}) # => true
