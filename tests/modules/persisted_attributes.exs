# Attributes that persist come in the order of registration; a default does not hide a deprecation.
defmodule Kept do
  Module.register_attribute(__MODULE__, :z, persist: true)
  Module.register_attribute(__MODULE__, :many, persist: true, accumulate: true)
  Module.register_attribute(__MODULE__, :a, persist: true)
  @vsn 5
  @a 1
  @z [1, 2]
  @many 1
  @many 2
  @external_resource "file"

  @callback hello :: atom
  @deprecated "use other"
  def old(a, b \\ 1, c \\ 2), do: {a, b, c}
end

IO.inspect(Kept.__info__(:attributes))
IO.inspect(Kept.__info__(:functions))
IO.inspect(Kept.__info__(:deprecated))
IO.inspect(Kept.behaviour_info(:callbacks))
IO.inspect(for {name, arity} <- [def: 2, defmodule: 2, @: 1, if: 2, defs: 2], do: macro_exported?(Kernel, name, arity))

# => [external_resource: ["file"], vsn: [5], z: [1, 2], many: [1], many: [2], a: [1]]
# => [old: 1, old: 2, old: 3]
# => [{{:old, 1}, "use other"}, {{:old, 2}, "use other"}, {{:old, 3}, "use other"}]
# => [hello: 0]
# => [true, true, true, true, false]
