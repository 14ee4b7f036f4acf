f = fn
  x when is_integer(x) and x > 0 and x < 10 -> :digit
  x when x == :a or x == :b -> :ab
  x when not is_integer(x) -> :not_int
  _ -> :int
end
IO.inspect(Enum.map([5, :a, "z", 50], f)) # => [:digit, :ab, :not_int, :int]
