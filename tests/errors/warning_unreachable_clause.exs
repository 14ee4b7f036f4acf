# stderr: this clause for f/1 cannot match because a previous clause at line 7 always matches
# stderr: this clause cannot match because a previous clause at line 14 always matches
# stderr: this clause cannot match because a previous clause at line 18 always matches
# stderr: use of operator == has no effect
# stderr: the result of evaluating operator '+'/2 is ignored (suppress the warning by assigning the expression to the _ variable)
defmodule M do
  def f(x), do: x
  def f(1), do: 2

  def g(x) do
    x == 1
    x + 1
    case x do
      y -> y
      2 -> 3
    end
    |> then(fn
      z -> z
      :a -> :b
    end)
  end
end

IO.inspect({M.f(1), M.g(2)}) # => {1, 2}
