defmodule M do
  import Kernel, except: [length: 1]
  def length(_), do: :mine
  def f, do: length([1, 2])
end
IO.inspect(M.f()) # => :mine
