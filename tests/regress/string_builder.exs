IO.inspect(Enum.reduce(1..5, "", fn i, acc -> acc <> Integer.to_string(i) end)) # => "12345"
a = "x"
b = a <> "1"
c = a <> "2"
IO.inspect({a, b, c}) # => {"x", "x1", "x2"}
