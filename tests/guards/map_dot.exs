f = fn
  m when m.a > 1 -> :big
  m when is_map(m) -> :map
  _ -> :no
end
IO.inspect(Enum.map([%{a: 2}, %{a: 1}, %{b: 1}, 1], f)) # => [:big, :map, :map, :no]
