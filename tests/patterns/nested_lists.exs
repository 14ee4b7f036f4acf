f = fn
  [] -> :empty
  [[]] -> :nested_empty
  [_] -> :one
  [_, _] -> :two
  [_ | _] -> :many
end
IO.inspect(Enum.map([[], [[]], [1], [1, 2], [1, 2, 3]], f)) # => [:empty, :nested_empty, :one, :two, :many]
