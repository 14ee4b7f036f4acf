# A key that a struct does not have: patterns and updates are told of as expansions of the struct, as its building is.
defmodule O do
  defstruct [:a]
end

stack = fn code ->
  try do
    Code.eval_string(code, [], file: "s.ex")
  rescue
    _ -> IO.inspect(for {m, f, a, place} <- Enum.take(__STACKTRACE__, 2), do: {m, f, a, place[:file], place[:line]})
  end
end

stack.("defmodule A do\n def f(%O{b: 1}), do: 1\nend")
# => [{O, :__struct__, 0, 'expanding struct', nil}, {A, :f, 1, 's.ex', 2}]
stack.("defmodule A do\n def f(x), do: %O{x | b: 1}\nend")
# => [{O, :__struct__, 0, 'expanding struct', nil}, {A, :f, 1, 's.ex', 2}]
