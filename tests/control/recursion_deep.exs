defmodule R do
  def count(0), do: 0
  def count(n), do: 1 + count(n - 1)
  def loop(0, acc), do: acc
  def loop(n, acc), do: loop(n - 1, acc + n)
end
IO.inspect(R.count(100_000)) # => 100000
IO.inspect(R.loop(1_000_000, 0)) # => 500000500000
