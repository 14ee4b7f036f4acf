defmodule Tools do
  def one, do: 1
  def two, do: 2
  def two(x), do: {2, x}
end
defmodule User do
  import Tools, only: [one: 0, two: 1]
  def f, do: {one(), two(:x)}
end
defmodule Other do
  import Tools, except: [one: 0]
  def one, do: :own
  def f, do: {one(), two()}
end
IO.inspect(User.f()) # => {1, {2, :x}}
IO.inspect(Other.f()) # => {:own, 2}
