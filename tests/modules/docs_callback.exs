# A callback and a function of the same name each have their own documentation.
defmodule Door do
  @doc "what a door must do"
  @callback open(term) :: term
  @doc "opens"
  def open(door), do: door
  @doc "a macro's promise"
  @macrocallback shut(term) :: Macro.t()
  @doc "shuts"
  defmacro shut(door), do: door
end

IO.puts("done") # => done
