f = fn
  x when is_atom(x) -> :atom
  x when is_integer(x) -> :integer
  x when is_float(x) -> :float
  x when is_binary(x) -> :binary
  x when is_bitstring(x) -> :bitstring
  x when is_list(x) -> :list
  x when is_tuple(x) -> :tuple
  x when is_struct(x) -> :struct
  x when is_map(x) -> :map
  x when is_function(x) -> :function
  x when is_pid(x) -> :pid
  x when is_reference(x) -> :reference
end
IO.inspect(Enum.map([:a, 1, 1.0, "s", <<1::3>>, [], {}, 1..2, %{}, f, self(), make_ref()], f), width: :infinity) # => [:atom, :integer, :float, :binary, :bitstring, :list, :tuple, :struct, :map, :function, :pid, :reference]
