f = fn g -> try do g.() rescue e -> {e.__struct__, Exception.message(e)} end end
IO.inspect(f.(fn -> hd(Process.get(:l, [])) end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a nonempty list\n"}
IO.inspect(f.(fn -> elem(Process.get(:t, {1}), 3) end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: out of range\n"}
IO.inspect(f.(fn -> String.to_integer(Process.get(:s, "12x")) end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a textual representation of an integer\n"}
IO.inspect(f.(fn -> String.to_existing_atom("surely_not_an_atom_xyzzy") end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not an already existing atom\n"}
IO.inspect(f.(fn -> length(Process.get(:l, [1 | 2])) end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a list\n"}
IO.inspect(f.(fn -> String.to_atom(Process.get(:x, 1)) end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a binary\n"}
IO.inspect(f.(fn -> byte_size(Process.get(:x, 1)) end), width: :infinity) # => {ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a bitstring\n"}
