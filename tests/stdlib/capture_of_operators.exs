# What the compiler inlines is captured as the function of :erlang that it is.
IO.inspect([&+/2, &-/1, &</2, &elem/2, &Map.fetch/2]) # => [&:erlang.+/2, &:erlang.-/1, &:erlang.</2, &Kernel.elem/2, &Map.fetch/2]
IO.inspect(Enum.reduce(1..4, &+/2)) # => 10
IO.inspect(Enum.map([{1, 2}], &elem(&1, 1))) # => [2]
IO.inspect(Enum.zip_with([:a], [0], &{&1, &2})) # => [a: 0]
IO.inspect((&put_elem/3).({1, 2}, 0, :x)) # => {:x, 2}
IO.inspect((&Map.put/3).(%{}, :a, 1)) # => %{a: 1}
