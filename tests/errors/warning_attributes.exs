# stderr: redefining @doc attribute previously set at line 8
# stderr: redefining @doc attribute previously set at line 9.
# stderr: module attribute @impl was set but no definition follows it
# stderr: module attribute @typedoc was set but no type follows it
# stderr: M.old/0 is deprecated. use f/1
# stderr: "else" clauses will never match because all patterns in "with" will always match
defmodule M do
  @doc "a"
  @doc "b"
  def f(1), do: 1
  @doc "c"
  def f(2), do: 2
  @deprecated "use f/1"
  def old, do: f(1)
  @typedoc "none"
  @impl true
end

defmodule N do
  def f do
    with a = M.old() do
      a
    else
      _ -> 0
    end
  end
end

IO.inspect(N.f()) # => 1
