r = try do
  try do
    exit(:out)
  rescue
    _ -> :wrong
  end
catch
  :exit, v -> {:exit, v}
end
IO.inspect(r) # => {:exit, :out}
