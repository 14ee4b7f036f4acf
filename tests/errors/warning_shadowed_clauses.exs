# Clauses of the same shape as an earlier one that takes all of it.
defmodule Shadowed do
  def same(1, 2), do: 1
  def same(1, 2), do: 2
  def part({:a, _}), do: 1
  def part({:b, _}), do: 2
  def part({:a, 3}), do: 3

  def inside(x) do
    case x do
      [] -> 1
      "a" -> 2
      %{} -> 3
      %{a: 1} -> 4
      "a" -> 5
      y when is_atom(y) -> 6
      :b -> 7
      [_ | _] -> 8
      [1 | _] -> 9
    end
  end

  def fine(1, _), do: 1
  def fine(_, 2), do: 2
  def fine(1, 3), do: 3
end

# stderr: this clause cannot match because a previous clause at line 3 always matches
# stderr: warning_shadowed_clauses.exs:4
# stderr: this clause cannot match because a previous clause at line 5 always matches
# stderr: warning_shadowed_clauses.exs:7
# stderr: this clause cannot match because a previous clause at line 12 always matches
# stderr: warning_shadowed_clauses.exs:15
# stderr: this clause cannot match because a previous clause at line 18 always matches
# stderr: warning_shadowed_clauses.exs:19
IO.inspect(Shadowed.inside("a")) # => 2
