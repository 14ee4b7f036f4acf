# A generator of `with` or `for` whose left side is a `when` of one or three arguments, which only a macro can make, is an error.
for n <- [1, 3], kind <- [:with, :for] do
  left = {:when, [], List.duplicate(true, n)}
  source = if kind == :for, do: [1], else: 1

  try do
    Code.eval_quoted({kind, [], [{:<-, [], [left, source]}, [do: 2]]})
  rescue
    _ -> IO.inspect({kind, n, :refused})
  end
end

# => {:with, 1, :refused}
# => {:for, 1, :refused}
# => {:with, 3, :refused}
# => {:for, 3, :refused}
