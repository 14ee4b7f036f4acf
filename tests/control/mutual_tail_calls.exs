defmodule R do
  def even?(0), do: true
  def even?(n), do: odd?(n - 1)
  def odd?(0), do: false
  def odd?(n), do: even?(n - 1)
end
IO.inspect(R.even?(1_000_001)) # => false
