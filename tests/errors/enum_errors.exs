f = fn g -> try do g.() rescue e -> {e.__struct__, Exception.message(e)} end end
IO.inspect(f.(fn -> Enum.max([]) end), width: :infinity) # => {Enum.EmptyError, "empty error"}
IO.inspect(f.(fn -> Enum.fetch!([1], 5) end), width: :infinity) # => {Enum.OutOfBoundsError, "out of bounds error"}
IO.inspect(f.(fn -> Enum.reduce([], &+/2) end), width: :infinity) # => {Enum.EmptyError, "empty error"}
IO.inspect(f.(fn -> Enum.map(Process.get(:x, 5), & &1) end), width: :infinity) # => {Protocol.UndefinedError, "protocol Enumerable not implemented for 5 of type Integer"}
IO.inspect(f.(fn -> Map.fetch!(Process.get(:m, %{a: 1}), :b) end), width: :infinity) # => {KeyError, "key :b not found in: %{a: 1}"}
IO.inspect(f.(fn -> Keyword.fetch!([a: 1], :b) end), width: :infinity) # => {KeyError, "key :b not found in: [a: 1]"}
