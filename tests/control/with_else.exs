f = fn x ->
  with {:ok, v} <- x,
       true <- v > 0 do
    v
  else
    {:error, e} -> {:failed, e}
    false -> :not_positive
  end
end
IO.inspect(f.({:ok, 1})) # => 1
IO.inspect(f.({:ok, -1})) # => :not_positive
IO.inspect(f.({:error, :e})) # => {:failed, :e}
