defmodule P do
  defstruct list: [1, 2], map: %{k: :v}, calc: 2 * 21
end
IO.inspect(struct(P)) # => %P{list: [1, 2], map: %{k: :v}, calc: 42}
