defmodule A do
  def f, do: B.g()
end
defmodule B do
  def g, do: :late_bound
end
IO.inspect(A.f()) # => :late_bound
