defmodule D do
  def w(0), do: :zero
  def w(1), do: :one
  def w(7), do: :seven
  def w(100), do: :hundred
  def w(-1), do: :minus
  def w(12345678901234567890), do: :big
  def w(n) when is_integer(n), do: :int
  def w(1.0), do: :float_one
end
IO.inspect(Enum.map([0, 1, 7, 100, -1, 5, 12345678901234567890, 1.0], &D.w/1)) # => [:zero, :one, :seven, :hundred, :minus, :int, :big, :float_one]
