f = fn x ->
  try do
    x
  rescue
    ArithmeticError -> :never
  else
    n when is_integer(n) -> {:int, n}
    _ -> :other
  end
end
IO.inspect({f.(1), f.(:a)}) # => {{:int, 1}, :other}
g = fn -> try do :a rescue ArithmeticError -> :no else :b -> 1 end end
try do
  g.()
rescue
  e in TryClauseError -> IO.puts(Exception.message(e)) # => no try clause matching: :a
end
