f = fn
  a, b when a > b -> :gt
  a, b when a < b or a == nil -> :lt
  _, _ -> :eq
end
IO.inspect([f.(2, 1), f.(1, 2), f.(1, 1)]) # => [:gt, :lt, :eq]
