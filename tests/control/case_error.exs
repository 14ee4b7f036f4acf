try do
  case Process.get(:x, {:a, 1}) do
    :b -> 1
  end
rescue
  e in CaseClauseError -> IO.puts(Exception.message(e)) # => no case clause matching: {:a, 1}
end
