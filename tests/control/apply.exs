IO.inspect(apply(String, :upcase, ["a"])) # => "A"
IO.inspect(apply(fn a, b -> a + b end, [1, 2])) # => 3
IO.inspect(apply(Kernel, :+, [1, 2])) # => 3
mod = Enum
fun = :sum
IO.inspect(apply(mod, fun, [[1, 2]])) # => 3
