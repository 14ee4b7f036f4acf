defmodule M do
  def f(x), do: x
end
IO.inspect(M.f({:a, b: 1})) # => {:a, [b: 1]}
IO.inspect({:noreply, %{a: 1}, {:continue, :x}}) # => {:noreply, %{a: 1}, {:continue, :x}}
