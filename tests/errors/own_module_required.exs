# A module cannot be required, imported or used while it is being defined; and what else is said at the time of definition.
error = fn source ->
  try do
    Code.eval_string(source, [], file: "nofile")
  rescue
    e -> e |> Exception.message() |> String.split("\n") |> hd() |> IO.puts()
  end
end

error.("defmodule A do\n  require A\nend") # => nofile:2: you are trying to use the module A which is currently being defined.
error.("defmodule A do\n  use A\nend") # => nofile:2: you are trying to use the module A which is currently being defined.
error.("defmodule A do\n  def f do\n    import A\n  end\nend") # => nofile:3: you are trying to use the module A which is currently being defined.
error.("defmodule A do\n  defmodule B do\n    import A\n  end\nend") # => nofile:3: module A is not loaded but was defined. This happens when you depend on a module in the same context in which it is defined. For example:

# The clauses made for default values are definitions, too.
error.("defmodule A do\n  def f(x), do: x\n  defp f(x, y \\\\ 2), do: {x, y}\nend") # => nofile:3: defp f/1 already defined as def in nofile:2

# What a definition's body may hold is told by the kind of definition.
error.("defmodule A do\n  def f do 1 rescue x end\nend") # => nofile:2: expected -> clauses for :rescue in "def"
error.("defmodule A do\n  defmacro f do 1 catch x end\nend") # => nofile:2: expected -> clauses for :catch in "defmacro"

# In a function | is a call like any other.
error.("defmodule A do\n  def f, do: [1 | 2 | 3]\nend") # => nofile:2: undefined function |/2 (expected A to define such a function or for it to be imported, but none are available)
error.("[1 | 2 | 3]") # => nofile:1: misplaced operator |/2
