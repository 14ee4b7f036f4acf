try do
  {:ok, _} = Process.get(:nothing, :error)
rescue
  e in MatchError -> IO.puts(Exception.message(e)) # => no match of right hand side value: :error
end
