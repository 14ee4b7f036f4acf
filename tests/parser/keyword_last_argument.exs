defmodule M do
  def f(a, opts), do: {a, opts}
end
IO.inspect(M.f(1, x: 1, y: 2)) # => {1, [x: 1, y: 2]}
IO.inspect({:t, x: 1}) # => {:t, [x: 1]}
IO.inspect([1, x: 1]) # => [1, {:x, 1}]
