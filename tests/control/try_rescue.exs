f = fn g ->
  try do
    g.()
  rescue
    e in [ArithmeticError, ArgumentError] -> {:math_or_arg, e.__struct__}
    e in RuntimeError -> {:runtime, e.message}
    KeyError -> :key
    e -> {:other, e.__struct__}
  end
end
IO.inspect(f.(fn -> 1 / (Process.get(:zero, 0)) end)) # => {:math_or_arg, ArithmeticError}
IO.inspect(f.(fn -> raise "boom" end)) # => {:runtime, "boom"}
IO.inspect(f.(fn -> Map.fetch!(Process.get(:m, %{}), :a) end)) # => :key
IO.inspect(f.(fn -> String.to_integer(Process.get(:s, "x")) end)) # => {:math_or_arg, ArgumentError}
IO.inspect(f.(fn -> raise UndefinedFunctionError end)) # => {:other, UndefinedFunctionError}
IO.inspect(f.(fn -> :fine end)) # => :fine
