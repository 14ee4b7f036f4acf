f = fn g -> try do g.() rescue e -> {e.__struct__, Exception.message(e)} end end
IO.inspect(f.(fn -> String.upcase(Process.get(:x, 1)) end), width: :infinity) # => {FunctionClauseError, "no function clause matching in String.upcase/2"}
IO.inspect(f.(fn -> Keyword.get(Process.get(:x, 1), :a) end), width: :infinity) # => {FunctionClauseError, "no function clause matching in Keyword.get/3"}
IO.inspect(f.(fn -> List.first(Process.get(:x, %{})) end), width: :infinity) # => {FunctionClauseError, "no function clause matching in List.first/2"}
