f = fn m ->
  with {:ok, a} <- Map.fetch(m, :a),
       b = a + 1,
       {:ok, c} when c > 1 <- Map.fetch(m, :c) do
    {a, b, c}
  end
end
IO.inspect(f.(%{a: 1, c: 2})) # => {1, 2, 2}
IO.inspect(f.(%{a: 1})) # => :error
IO.inspect(f.(%{a: 1, c: 0})) # => {:ok, 0}
IO.inspect(f.(%{})) # => :error
