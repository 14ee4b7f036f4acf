defmodule M do
  defmacro where do
    caller = __CALLER__
    {caller.module, caller.function, caller.line}
    |> Macro.escape()
  end
end

defmodule U do
  require M
  def f(_x), do: M.where()
end

IO.inspect(U.f(1)) # => {U, {:f, 1}, 11}
