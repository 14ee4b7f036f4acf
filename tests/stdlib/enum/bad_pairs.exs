# What is no pair where a map is built; functions and sorters that do not fit.
told = fn fun -> IO.puts(try do inspect(fun.()) rescue e -> "#{inspect(e.__struct__)} #{Exception.message(e)}" end) end

map = Map.new(a: 1)

told.(fn -> for x <- [1], into: map, do: x end) # => FunctionClauseError no function clause matching in anonymous fn/2 in Collectable.Map.into/1
told.(fn -> for x <- [1], into: %{}, do: x end) # => ArgumentError argument error
told.(fn -> Enum.into(1..3, %{}) end) # => FunctionClauseError no function clause matching in anonymous fn/2 in Collectable.Map.into/1
told.(fn -> Enum.into([1], %{}) end) # => ArgumentError argument error
told.(fn -> Enum.into([1], %{a: 1}, & &1) end) # => MatchError no match of right hand side value: 1
told.(fn -> Enum.into([1], %{}, &{&1, &1}) end) # => %{1 => 1}
told.(fn -> Enum.unzip(1..2) end) # => FunctionClauseError no function clause matching in anonymous fn/2 in Enum.unzip/1
told.(fn -> Enum.sort_by([2, 1], & &1, "x") end) # => FunctionClauseError no function clause matching in List.keysort_fun/2
told.(fn -> Enum.sort_by([2, 1], &(&1 + :a), "x") end) # => ArithmeticError bad argument in arithmetic expression
told.(fn -> Enum.min_max_by([1], & &1, :asc, fn _ -> 1 end) end) # => FunctionClauseError no function clause matching in Enum.min_max_by/4
told.(fn -> Enum.zip_with(%{[1] => [2]}, & &1) end) # => Protocol.UndefinedError protocol Enumerable not implemented for {[1], [2]} of type Tuple
told.(fn -> Enum.slice("abc", 1..0) end) # => Protocol.UndefinedError protocol Enumerable not implemented for "abc" of type BitString
told.(fn -> Enum.min(5..1, fn _, b -> b == 1 end) end) # => 5
told.(fn -> Enum.max(1..10//4) end) # => 9
