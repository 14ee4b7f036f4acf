defmodule D do
  def n(:mon), do: 1
  def n(:tue), do: 2
  def n(:wed), do: 3
  def n(:thu), do: 4
  def n(:fri), do: 5
  def n(x) when x in [:sat, :sun], do: 0
end
IO.inspect(Enum.map([:mon, :fri, :sun, :wed], &D.n/1)) # => [1, 5, 0, 3]
