defmodule P do
  defstruct [:a, :b, c: 3]
end
IO.inspect(struct(P)) # => %P{a: nil, b: nil, c: 3}
IO.inspect(struct(P, a: 1, zz: 2)) # => %P{a: 1, b: nil, c: 3}
IO.inspect(struct!(P, b: 2)) # => %P{a: nil, b: 2, c: 3}
IO.inspect(P.__struct__()) # => %P{a: nil, b: nil, c: 3}
IO.inspect(P.__struct__(a: 9)) # => %P{a: 9, b: nil, c: 3}
