defmodule T do
  def f(x) do
    1 / x
  rescue
    ArithmeticError -> :div
  else
    v -> {:ok, v}
  after
    IO.puts("after")
  end
end
r = {T.f(1), T.f(0)}
IO.inspect(r) # => after
# => after
# => {{:ok, 1.0}, :div}
