r =
  try do
    try do
      throw(:a)
    catch
      :b -> :wrong
    end
  catch
    :a -> :right
  end
IO.inspect(r) # => :right
r2 =
  try do
    try do
      raise "one"
    rescue
      _ -> raise "two"
    end
  rescue
    e -> e.message
  end
IO.inspect(r2) # => "two"
