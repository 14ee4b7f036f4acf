defmodule M do
  def f(:a, n) when n > 0, do: n
  def f([], _), do: 0
end

M.f(1, 2) # stderr: ** (FunctionClauseError) no function clause matching in M.f/2    
# stderr: The following arguments were given to M.f/2:
# exit: 1
