f = fn x ->
  case x do
    nil -> :nil
    true -> true
    [] -> :empty_list
    {} -> :empty_tuple
    "" -> :empty_string
    0 -> :zero
    %{} = m when map_size(m) == 0 -> :empty_map
    f when is_function(f, 1) -> :fun1
    p when is_pid(p) -> :pid
    _ -> :other
  end
end
IO.inspect(Enum.map([nil, true, [], {}, "", 0, %{}, &abs/1, self(), 1.5], f), width: :infinity) # => [nil, true, :empty_list, :empty_tuple, :empty_string, :zero, :empty_map, :fun1, :pid, :other]
