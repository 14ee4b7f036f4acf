try do
  cond do
    Process.get(:x) -> 1
  end
rescue
  e in CondClauseError -> IO.puts(Exception.message(e)) # => no cond clause evaluated to a truthy value
end
