s = String.duplicate("[", 1000) <> String.duplicate("]", 1000)
{:ok, q} = Code.string_to_quoted(s)
depth = fn d, [x], n -> d.(d, x, n + 1)
           _, [], n -> n end
IO.inspect(depth.(depth, q, 1)) # => 1000
