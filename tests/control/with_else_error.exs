f = fn x ->
  with {:ok, v} <- x do
    v
  else
    :known -> :k
  end
end
try do
  f.(:unknown)
rescue
  e in WithClauseError -> IO.puts(Exception.message(e)) # => no with clause matching: :unknown
end
