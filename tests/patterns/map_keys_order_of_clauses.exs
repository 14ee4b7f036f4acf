f = fn
  %{type: :a, v: v} -> {:a, v}
  %{type: t} -> {:t, t}
  %{} -> :map
end
IO.inspect(f.(%{type: :a, v: 1})) # => {:a, 1}
IO.inspect(f.(%{type: :a})) # => {:t, :a}
IO.inspect(f.(%{x: 1})) # => :map
