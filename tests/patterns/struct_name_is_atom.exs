# %name{}: what stands under :__struct__ must be an atom.
classify = fn
  %_{a: 1} -> :any
  %name{} -> {:struct, name}
  %{__struct__: other} -> {:map, other}
  _ -> :none
end

IO.inspect(classify.(1..2))
IO.inspect(classify.(%{__struct__: "x", a: 1}))
IO.inspect(classify.(%{__struct__: 5}))
IO.inspect(classify.(%{__struct__: nil, a: 1}))
IO.inspect(classify.(%{}))

try do
  %name{} = Map.put(%{}, :__struct__, "no")
  IO.inspect(name)
rescue
  e in MatchError -> IO.puts(Exception.message(e))
end

# => {:struct, Range}
# => {:map, "x"}
# => {:map, 5}
# => :any
# => :none
# => no match of right hand side value: %{__struct__: "no"}
