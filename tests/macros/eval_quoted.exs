IO.inspect(Code.eval_quoted(quote(do: 1 + 2))) # => {3, []}
{v, b} = Code.eval_string("x = a + 1; x * 2", a: 3)
IO.inspect(v) # => 8
IO.inspect(Enum.sort(b)) # => [a: 3, x: 4]
IO.inspect(elem(Code.eval_string("Enum.map([1, 2], & &1 * 2)"), 0)) # => [2, 4]
