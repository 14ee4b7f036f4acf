defmodule P do
  defstruct name: "n", age: 3
end
defmodule Empty do
  defstruct []
end
IO.inspect(struct(P)) # => %P{name: "n", age: 3}
IO.inspect(struct(Empty)) # => %Empty{}
IO.inspect(inspect(struct(P), structs: false)) # => "%{__struct__: P, age: 3, name: \"n\"}"
IO.inspect([struct(P)]) # => [%P{name: "n", age: 3}]
