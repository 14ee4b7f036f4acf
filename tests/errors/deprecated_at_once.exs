# A deprecated function outside functions is warned of at once, as is a macro anywhere.
# stderr: warning: Enum.chunk/2 is deprecated. Use Enum.chunk_every/2 instead
# stderr: deprecated_at_once.exs:16
# stderr: warning: Given.f/0 is deprecated. use g/0
# stderr: deprecated_at_once.exs:14: User
# stderr: warning: Given.m/0 is deprecated. use g/0
# stderr: deprecated_at_once.exs:13: User.f1/0
defmodule Given do
  @deprecated "use g/0"
  defmacro m, do: 1
  @deprecated "use g/0"
  def f, do: 1
end |> then(fn _ -> Code.eval_string("defmodule User do\n require Given\n def f1, do: Given.m()\n Given.f()\nend\nEnum.chunk([1, 2], 2)", [], file: "deprecated_at_once.exs", line: 11) end)
IO.inspect(User.f1()) # => 1
