ast = quote(do: 1 + 2 * 3)
bump = fn n when is_integer(n) -> n + 10; other -> other end
IO.puts(Macro.to_string(Macro.prewalk(ast, bump))) # => 11 + 12 * 13
{_, acc} = Macro.postwalk(ast, [], fn n, acc -> {n, if(is_integer(n), do: [n | acc], else: acc)} end)
IO.inspect(acc) # => [3, 2, 1]
{_, count} = Macro.prewalk(ast, 0, fn n, c -> {n, c + 1} end)
IO.inspect(count) # => 5
