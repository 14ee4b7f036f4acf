# That no clause of a cond is true is said of the line of its last clause.
try do
  cond do
    hd([false]) ->
      1

    hd([nil]) ->
      2
  end
rescue
  CondClauseError -> IO.inspect(Keyword.get(elem(hd(__STACKTRACE__), 3), :line)) # => 7
end
