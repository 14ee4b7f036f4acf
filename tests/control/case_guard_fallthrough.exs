f = fn x ->
  case x do
    n when n > 10 -> :big
    n when n > 5 -> :medium
    _ -> :small
  end
end
IO.inspect(Enum.map([20, 7, 1], f)) # => [:big, :medium, :small]
