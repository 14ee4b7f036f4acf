defmodule M do
  defguard is_even(n) when is_integer(n) and rem(n, 2) == 0
  defguardp small(n) when n < 10
  def s(n) when small(n), do: true
  def s(_), do: false
end

defmodule U do
  import M
  def f(n) when is_even(n), do: :even
  def f(_), do: :odd
end

IO.inspect({U.f(2), U.f(3), U.f(:a)}) # => {:even, :odd, :odd}
IO.inspect({M.s(1), M.s(20)}) # => {true, false}
